import { Failure, messageOf } from '../failure.ts';
import { hideAccounts } from '../inputs/hidden-account.ts';
import type { ChannelSettings, Inputs } from '../inputs/inputs.ts';
import { rejection } from '../job/rejection.ts';
import type { Aws, AwsConfig, Ports } from '../ports.ts';
import { sha256 } from './hash.ts';
import { makePlan, type Plan } from './plan.ts';
import type { ChannelFingerprints } from './request.ts';
import type { Subject } from './subject.ts';
import { whatIsTrained } from './trained.ts';

/** How the AWS doors are to be opened. The session name shows up in CloudTrail. */
export function awsConfig(inputs: Inputs, runId: string): AwsConfig {
  const { region, roleToAssume, audience, roleDurationSeconds, roleSessionName } = inputs.aws;
  if (roleToAssume === undefined) return { region };
  const sessionName = roleSessionName ?? `train-on-sagemaker-${runId}`;
  return { region, role: { arn: roleToAssume, audience, durationSeconds: roleDurationSeconds, sessionName } };
}

/** Reads the checkout and the identity, then decides. */
export async function planTraining(
  inputs: Inputs,
  subject: Subject,
  doors: Pick<Ports, 'checkout' | 'runner' | 'secrets'> & Pick<Aws, 'identity'>,
): Promise<Plan> {
  const trained = whatIsTrained(subject, await doors.checkout.head(), inputs.image.uri !== undefined);
  const caller = await doors.identity.caller().catch((error) => {
    throw rejection('other', error, 'AWS did not accept the credentials');
  });
  hideAccounts([caller.account], inputs, doors);
  return makePlan({ inputs, env: doors.runner.env, subject, trained, caller });
}

/** More objects than ten listing pages hold are not fingerprinted: the comment says so. */
const MOST_PAGES = 10;

export interface Fingerprinted {
  readonly fingerprints: ChannelFingerprints;
  /** Every channel's content could be read: it is part of the config-hash. */
  readonly complete: boolean;
  /** Why a channel could not be fingerprinted, for the report. */
  readonly notes: readonly string[];
}

/** What each channel's prefix holds now: keys, sizes and ETags. It decides the weights as much as the code does. */
export async function fingerprintChannels(plan: Plan, { store }: Pick<Aws, 'store'>): Promise<Fingerprinted> {
  const fingerprints: Record<string, string | undefined> = {};
  const notes: string[] = [];
  for (const [name, channel] of Object.entries(plan.inputs.data.channels)) {
    const found = await fingerprintOf(channel, store);
    fingerprints[name] = found.fingerprint;
    if (found.lacks !== undefined)
      notes.push(`Channel ${name} ${found.lacks}: its content is not part of the checkpoint path.`);
  }
  return { fingerprints, complete: notes.length === 0, notes };
}

type Found = { readonly fingerprint?: string; readonly lacks?: string };

async function fingerprintOf({ DataSource: source }: ChannelSettings, store: Aws['store']): Promise<Found> {
  const { S3Uri: uri, S3DataType: kind } = source?.S3DataSource ?? {};
  if (uri === undefined) return { lacks: 'is no data in S3' };
  if (kind !== 'S3Prefix') return { lacks: `names its objects in another file (${kind})` };
  try {
    const fingerprint = await fingerprintPrefix(uri, store);
    return fingerprint === undefined ? { lacks: `holds more than ${MOST_PAGES} listing pages` } : { fingerprint };
  } catch (error) {
    if (error instanceof Failure) throw error;
    return { lacks: `could not be listed (${messageOf(error)})` };
  }
}

async function fingerprintPrefix(uri: string, store: Aws['store']): Promise<string | undefined> {
  const lines: string[] = [];
  let next: string | undefined;
  for (let page = 0; page < MOST_PAGES; page++) {
    const listing = await store.list(uri, next);
    lines.push(...listing.objects.map(({ key, sizeBytes, etag }) => `${key}\n${sizeBytes} ${etag}`));
    next = listing.next;
    if (next === undefined) return sha256(lines.join('\n'));
  }
  return undefined;
}
