/** What a call that is refused for good must come to, call by call: the contract, written down by hand. */
import type { Conclusion } from './situations.ts';

export interface Refused {
  /** `same`: a best-effort call, which never changes the verdict. */
  readonly comesTo: 'same' | Conclusion;
  /** What the reader is told: the permission or the input that mends it, or what could not be done. */
  readonly says: string | undefined;
  /** The job lives on, and the reader was told how to stop it. */
  readonly runsOn?: true;
  /** A surface that cannot be written by this very refusal. */
  readonly silent?: 'comment' | 'status';
}

interface Refusals {
  readonly denied: Refused;
  readonly expired: Refused;
}

const fails = (says: string): Refused => ({ comesTo: 'failure', says });
const pends = (says: string): Refused => ({ comesTo: 'pending', says });
const warns = (says?: string, silent?: 'comment' | 'status'): Refused => ({
  comesTo: 'same',
  says,
  ...(silent && { silent }),
});

const ROLE = 'role-to-assume';
/** A vital call of AWS: the action that the policy lacks is named, or the input that renews credentials. */
const vital = (action: string): Refusals => ({ denied: fails(action), expired: fails(ROLE) });
const both = (refused: Refused): Refusals => ({ denied: refused, expired: refused });
const github = (permission: string, silent?: 'comment' | 'status'): Refusals => ({
  denied: warns(permission, silent),
  expired: warns('Bad credentials', silent),
});
const STOP_IT = 'aws sagemaker stop-training-job --training-job-name train-';

export const REFUSALS: Readonly<Record<string, Refusals>> = {
  // Credentials.
  'oidc GET _oidc/token: first': both(fails('id-token: write')),
  'sts AssumeRoleWithWebIdentity: first': { denied: fails('trust policy'), expired: fails(ROLE) },
  'sts GetCallerIdentity': vital('sts:GetCallerIdentity'),
  'oidc GET _oidc/token: renewal': both(pends('id-token: write')),
  'sts AssumeRoleWithWebIdentity: renewal': { denied: pends('trust policy'), expired: pends(ROLE) },

  // The image.
  'ecr BatchGetImage: present': vital('ecr:BatchGetImage'),
  'ecr BatchGetImage: pushed': vital('ecr:BatchGetImage'),
  'ecr DescribeRepositories': vital('ecr:DescribeRepositories'),
  'ecr CreateRepository': vital('ecr:CreateRepository'),
  'ecr GetAuthorizationToken': vital('ecr:GetAuthorizationToken'),
  'ecr PutImage': vital('ecr:PutImage'),

  // What there is already.
  's3 ListObjectsV2: channel': { denied: warns('s3:ListBucket'), expired: warns('expired') },
  'sagemaker Search: other workflow': { denied: warns('sagemaker:Search'), expired: warns('expired') },
  'sagemaker Search: same configuration': { denied: warns('sagemaker:Search'), expired: warns('expired') },
  'sagemaker Search: same pull request': { denied: warns('sagemaker:Search'), expired: warns('expired') },
  'sagemaker DescribeTrainingJob: look up': vital('sagemaker:DescribeTrainingJob'),
  'sagemaker ListTags: older job': { denied: warns('sagemaker:ListTags'), expired: warns(STOP_IT) },
  'sagemaker AddTags: superseded by': both(warns()),
  'sagemaker StopTrainingJob: older job': { denied: warns(STOP_IT), expired: warns(STOP_IT) },

  // The job.
  's3 PutObject': { denied: fails('s3:PutObject'), expired: fails(ROLE) },
  'sagemaker CreateTrainingJob': vital('sagemaker:CreateTrainingJob'),
  'sagemaker AddTags: take over': vital('sagemaker:AddTags'),
  'sagemaker DescribeTrainingJob: follow': { denied: pends('sagemaker:DescribeTrainingJob'), expired: pends(ROLE) },
  'logs DescribeLogStreams': { denied: warns('logs:DescribeLogStreams'), expired: warns('expired') },
  'logs GetLogEvents': { denied: warns('logs:GetLogEvents'), expired: warns('expired') },
  's3 ListObjectsV2: checkpoints': both(warns()),
  's3 HeadObject': both(warns()),
  'sagemaker AddTags: handed-over': { denied: warns('sagemaker:AddTags'), expired: warns('sagemaker:AddTags') },

  // What lies around a job that ended, and the job of another run.
  'cloudwatch GetMetricData': both(warns()),
  'iam SimulatePrincipalPolicy': { denied: warns('iam:SimulatePrincipalPolicy'), expired: warns('expired') },
  'ecr BatchGetImage: looked at': { denied: warns('ecr:BatchGetImage'), expired: warns('expired') },
  'ecr GetDownloadUrlForLayer': { denied: warns('ecr:GetDownloadUrlForLayer'), expired: warns('expired') },
  's3 ListObjectsV2: looked at': { denied: warns('may not list'), expired: warns('expired') },
  'github GET actions/runs (one)': { denied: warns('actions: read'), expired: warns('Bad credentials') },
  's3 GetObject': both(warns('run file')),
  'sagemaker AddTags: reported': { denied: warns('sagemaker:AddTags'), expired: warns('expired') },

  // The end of the run before the end of the job.
  'sagemaker ListTags: own job': both(warns()),
  'sagemaker StopTrainingJob: own job': both({ comesTo: 'same', says: STOP_IT, runsOn: true }),
  'oidc GET _oidc/token (post step)': both({ comesTo: 'same', says: STOP_IT, runsOn: true }),
  'sts AssumeRoleWithWebIdentity (post step)': both({ comesTo: 'same', says: STOP_IT, runsOn: true }),
  'sagemaker DescribeTrainingJob (post step)': both(warns()),
  'sagemaker ListTags (post step)': both(warns()),
  'sagemaker StopTrainingJob (post step)': both({ comesTo: 'same', says: STOP_IT, runsOn: true }),

  // GitHub.
  'github GET collaborators/permission': both(fails('permission')),
  'github POST comments/reactions': both(warns()),
  'github GET pulls (one): head': { denied: fails('pull_requests=read'), expired: fails('Bad credentials') },
  'github GET pulls (one): still the head': { denied: fails('pull_requests=read'), expired: fails('Bad credentials') },
  'github GET commits/pulls': {
    denied: warns('pull-requests', 'comment'),
    expired: warns('Bad credentials', 'comment'),
  },
  'github GET issues/comments': github('pull-requests: write', 'comment'),
  'github POST issues/comments': github('pull-requests: write', 'comment'),
  'github GET issues/comments (one)': github('pull-requests: write', 'comment'),
  'github PATCH issues/comments (one)': github('pull-requests: write', 'comment'),
  'github POST statuses (one): begin': github('statuses: write'),
  'github POST statuses (one): end': github('statuses: write', 'status'),
  'github GET issues/comments (one) (post step)': github('pull-requests: write', 'comment'),
  'github PATCH issues/comments (one) (post step)': github('pull-requests: write', 'comment'),
  'github POST statuses (one) (post step)': github('statuses: write', 'status'),
};
