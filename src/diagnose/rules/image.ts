import { arnIn, statement } from '../remedies/policy.ts';
import { type Rule, says } from '../rule.ts';
import { imageIsForeign, imageIsMissing, roleMayNot } from '../surroundings/signs.ts';

const PULL = statement({
  actions: [
    'ecr:BatchGetImage',
    'ecr:GetDownloadUrlForLayer',
    'ecr:BatchCheckLayerAvailability',
    'ecr:GetAuthorizationToken',
  ],
  resources: ['*'],
});

export const IMAGE_RULES: readonly Rule[] = [
  {
    label: 'image-not-found',
    title: 'There is no such image or tag',
    retryable: false,
    signs: [
      { holds: imageIsMissing, strength: 0.85 },
      says(
        0.96,
        /Cannot find the requested image|manifest (?:unknown|for \S+ not found)|Requested image .* not found|ImageNotFound\w*|(?:The )?repository (?:with name )?.* does not exist in the registry|RepositoryNotFoundException: .*(?:registry|ecr)/i,
        { unless: /huggingface|No Docker|hf\.co/ },
      ),
      says(
        0.85,
        /Either the image does not exist or its permissions are incorrect|image .{0,120}(?:does not exist|not found)|repository does not exist or may require/i,
      ),
    ],
    remedy: ({ text, request }) => [
      `Check the tag: \`aws ecr describe-images --repository-name NAME --image-ids imageTag=TAG\` (asked for: ${/\S+\.dkr\.ecr\S+/.exec(text)?.[0] ?? request.image ?? 'see the message'}).`,
      'Image and job must be in the same region; name the image by its digest.',
    ],
  },
  {
    label: 'image-uri-invalid',
    title: 'The address of the image is not acceptable',
    retryable: false,
    signs: [
      says(
        0.96,
        /Invalid DNS suffix|Invalid training image|TrainingImageConfig with TrainingRepositoryAccessMode|invalid reference format|trainingImage' failed to satisfy|(?:ECR|Ecr) Image .* is in region|Unsupported (?:image )?registry|not a valid (?:ECR|image|Docker image)|(?:image|registry) (?:URI|path|address) .*(?:invalid|malformed|not valid)|Invalid (?:image|ECR|registry) (?:URI|path|name)/i,
      ),
    ],
    remedy: ({ request }) => [
      `Use ACCOUNT.dkr.ecr.${request.region ?? 'REGION'}.amazonaws.com/REPOSITORY@sha256:… of the job's own region; images of other registries must be copied into Amazon ECR first.`,
    ],
  },
  {
    label: 'ecr-access-denied',
    title: 'Pulling the image is denied',
    retryable: false,
    signs: [
      { holds: roleMayNot('ecr'), strength: 0.82 },
      says(
        0.97,
        /Access denied for repository|not authorized to perform: ecr:|no basic auth credentials|CannotPullContainer\w*.*(?:denied|403|not authorized)|pull access denied(?! for \S+, repository does not exist)|does not have permission.{0,40}ecr:/i,
      ),
      says(0.88, /pull access denied|ecr:(?:BatchGetImage|GetAuthorizationToken|GetDownloadUrlForLayer)/, {
        unless: /Cannot find the requested image/,
      }),
    ],
    remedy: ({ text, request }) => [
      `Add to ${arnIn(text, 'iam') ?? request.roleArn ?? 'the execution role'}: ${PULL}`,
      'An image of another account also needs a repository policy there that lets this account pull; AWS images live in a different account per region.',
    ],
  },
  {
    label: 'exec-format-error',
    title: 'The image was built for another CPU architecture',
    retryable: false,
    signs: [
      // The container runtime's last words, not a program's.
      says(0.99, /^(?:standard_init_linux\.go:\d+: )?exec (?:user process caused|\S+): "?exec format error"?$/),
      { holds: imageIsForeign, strength: 0.9 },
      says(0.97, /exec format error/i),
      says(
        0.93,
        /platform \(linux\/(?:arm64|aarch64)\S*\) does not match|no matching manifest for linux\/amd64|(?:image|architecture) .{0,60}(?:arm64|aarch64).{0,80}(?:not supported|mismatch|does not match|amd64)|rosetta error: failed to open elf/i,
      ),
    ],
    remedy: () => [
      'Build for the instance: `docker build --platform linux/amd64` (input `platform`), and give the same platform to the base image: `FROM --platform=linux/amd64 …`',
    ],
  },
];
