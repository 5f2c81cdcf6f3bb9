/** Policy statements, ready to paste. */
import type { RoleDecision } from '../evidence.ts';
import type { Found } from '../rule.ts';

export interface Statement {
  readonly actions: readonly string[];
  readonly resources: readonly string[];
}

export function statement({ actions, resources }: Statement): string {
  return JSON.stringify({ Effect: 'Allow', Action: actions, Resource: resources });
}

/** Read access to what an S3 URI names; listing is a right on the bucket, reading one on the objects. */
export function readStatements(uri: string): string[] {
  const { bucket, key } = split(uri);
  return [
    statement({ actions: ['s3:ListBucket'], resources: [`arn:aws:s3:::${bucket}`] }),
    statement({ actions: ['s3:GetObject'], resources: [`arn:aws:s3:::${bucket}/${key}*`] }),
  ];
}

export function writeStatement(uri: string): string {
  const { bucket, key } = split(uri);
  return statement({ actions: ['s3:PutObject'], resources: [`arn:aws:s3:::${bucket}/${key}*`] });
}

/** What IAM's simulation denies, as one statement for each action; the object that stood for a prefix becomes the prefix. */
export function deniedStatements(decisions: readonly RoleDecision[]): string[] {
  const byAction = Map.groupBy(decisions, ({ action }) => action);
  return [...byAction].map(([action, denied]) =>
    statement({ actions: [action], resources: denied.map(({ resource }) => resource.replace(/any-object$/, '*')) }),
  );
}

/** The first S3 URI a text names. */
export function s3UriIn(text: string): string | undefined {
  return /s3:\/\/[a-z0-9][a-z0-9.-]+(?:\/[^\s"',)]*)?/.exec(text)?.[0];
}

/** The first ARN of a service (`iam`, `kms`, …) a text names. */
export function arnIn(text: string, service: string): string | undefined {
  return new RegExp(String.raw`arn:aws[a-z-]*:${service}:[^\s"',)]*`).exec(text)?.[0].replace(/\.$/, '');
}

/** The role a message names, else the one the request gives. */
export function roleOf({ text, request }: Found): string {
  return arnIn(text, 'iam') ?? request.roleArn ?? 'the execution role';
}

function split(uri: string): { bucket: string; key: string } {
  const [, bucket = '', key = ''] = /^s3:\/\/([^/]+)\/?(.*)$/.exec(uri) ?? [];
  return { bucket, key };
}
