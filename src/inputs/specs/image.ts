import { violation } from '../constraints.ts';
import { readContainer } from '../deep-learning-containers.ts';
import { type Parsed, quoted, valid, wrong } from '../problem.ts';
import { accepted, line, matching, oneOf } from '../scalar.ts';
import { optional, withDefault } from '../spec.ts';
import { imageTags } from '../tag-list.ts';
import { textMap } from '../yaml-map.ts';

/** https://github.com/distribution/reference/blob/main/reference.go, with the registry that SageMaker demands. */
const IMAGE_URI =
  /^(?:[a-z0-9-]+(?:\.[a-z0-9-]+)+(?::\d{1,5})?|[a-z0-9-]+:\d{1,5}|localhost)(?:\/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)+(?::[A-Za-z0-9_][A-Za-z0-9._-]{0,127})?(?:@sha256:[0-9a-f]{64})?$/;

/** A Dockerfile may have many arguments; this only keeps a command line within what systems take. */
const MAX_BUILD_ENTRIES = 200;

export const image = {
  image: optional({
    group: 'image',
    description:
      'URI of an existing image to train in, instead of building one; or `dlc:<repository>:<tag>`, an AWS Deep Learning Container such as `dlc:pytorch-training:<tag>`, from the registry of the region. Not together with the inputs of the build.',
    read: imageUri,
  }),
  context: withDefault({
    group: 'image',
    description: 'Directory that is sent to the build.',
    default: '.',
    read: line('the path'),
  }),
  dockerfile: optional({
    group: 'image',
    description: 'Path of the Dockerfile. Default: `<context>/Dockerfile`.',
    read: line('the path'),
  }),
  target: optional({
    group: 'image',
    description: 'Stage of the Dockerfile to build. Default: the last one.',
    read: matching(/^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/, 'Write the name of a stage, as after AS in the Dockerfile.'),
  }),
  'build-args': optional({
    group: 'image',
    description:
      'Build arguments: a YAML map of name and value. They stay readable in the image; secrets go into `build-secrets`.',
    read: textMap({
      key: matching(/^[A-Za-z_][A-Za-z0-9_]*$/, 'Use letters, digits and underscores, and start with no digit.'),
      value: anyText,
      maxEntries: MAX_BUILD_ENTRIES,
    }),
  }),
  'build-secrets': optional({
    group: 'image',
    description:
      'Secrets of the build: a YAML map of id and value, for `RUN --mount=type=secret,id=…`. They never reach the image or the log.',
    read: textMap({
      key: matching(/^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$/, 'Use letters, digits, dots, hyphens and underscores.'),
      value: anyText,
      maxEntries: MAX_BUILD_ENTRIES,
    }),
  }),
  platform: withDefault({
    group: 'image',
    description: 'The one platform to build for; it must be that of the instance type.',
    default: 'linux/amd64',
    read: matching(/^linux\/(?:amd64|arm64)(?:\/v\d)?$/, 'Write one platform: linux/amd64 or linux/arm64.'),
  }),
  repository: optional({
    group: 'image',
    description:
      'Name of the ECR repository; it is created when it does not exist. Default: `<owner>/<repo>/<name>`, in lower case.',
    read: accepted(
      'CreateRepository.repositoryName',
      'Write the name without the registry: lower-case letters and digits, parted by one of . _ - or by /.',
    ),
  }),
  'image-tags': optional({
    group: 'image',
    description:
      'Tags of the image that is built: a YAML list, or one a line. Default: the commit; on the default branch also `latest`.',
    read: imageTags,
  }),
  cache: withDefault({
    group: 'image',
    description:
      'Build cache: `auto` keeps it in the ECR repository `<repository>/cache` where the builder can (docker/setup-buildx-action, or Docker with the containerd image store), `off` keeps none.',
    default: 'auto',
    read: oneOf(['auto', 'off']),
  }),
};

function imageUri(text: string): Parsed<string> {
  if (text.startsWith('dlc:')) return deepLearningContainer(text);
  const why = violation('CreateTrainingJob.AlgorithmSpecification.TrainingImage', text);
  if (why !== undefined) return wrong(why, 'Use a shorter name or the digest alone.');
  if (IMAGE_URI.test(text)) return valid(text);
  return wrong(
    `is ${quoted(text)}, which is no image URI`,
    'Write it with its registry: <account>.dkr.ecr.<region>.amazonaws.com/<repository>:<tag> or …@sha256:<digest>.',
  );
}

function deepLearningContainer(text: string): Parsed<string> {
  const container = readContainer(text);
  if (container === undefined)
    return wrong(`is ${quoted(text)}`, 'Write dlc:<repository>:<tag>, such as dlc:pytorch-training:<tag>.');
  if (container.repository.endsWith('-inference'))
    return wrong(`is ${quoted(text)}, an image for endpoints`, 'Take the one for training, such as pytorch-training.');
  if (container.tag.endsWith('-ec2'))
    return wrong(`is ${quoted(text)}, an image for EC2`, 'Take the tag that ends with -sagemaker.');
  return valid(text);
}

/** Several lines are fine; NUL ends a text on its way to another process. Never quoted: build secrets pass here. */
function anyText(text: string): Parsed<string> {
  return text.includes('\0') ? wrong('holds a NUL character', 'Remove it.') : valid(text);
}
