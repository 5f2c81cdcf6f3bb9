/** A script as `script.schema.json` describes it: what jobs and calls do. Times are seconds of the cloud's own clock. */

import type { ScriptBucket, ScriptGitHub, ScriptQuota, ScriptRepository, ScriptRole } from './script-world.ts';

/** `[seconds since the start of training, value]` */
export type Series = readonly (readonly [number, number])[];

export interface Bytes {
  readonly text?: string;
  readonly base64?: string;
  readonly size?: number;
}

export interface ScriptLine extends Bytes {
  readonly at: number;
  readonly node?: number;
  readonly every?: number;
  readonly times?: number;
}

export interface ScriptPhase {
  readonly status:
    | 'Starting'
    | 'Pending'
    | 'Downloading'
    | 'Training'
    | 'Interrupted'
    | 'Uploading'
    | 'Stopping'
    | 'Updating'
    | 'Restarting';
  readonly seconds: number;
  readonly message?: string;
}

export interface ScriptInterruption {
  readonly seconds?: number;
  readonly logLines?: number;
  readonly checkpoint?: string;
  readonly downSeconds?: number;
  readonly message?: string;
  readonly skipStarting?: boolean;
}

export interface ScriptDelays {
  readonly search?: number;
  readonly tags?: number;
  readonly logs?: number;
  readonly finalMetrics?: number;
  readonly roleNotAssumable?: number;
}

export interface ScriptLogs {
  readonly group?: 'present' | 'missing';
  readonly streams?: 'present' | 'never';
  readonly emptyPages?: number;
  readonly pageEvents?: number;
  readonly perNode?: boolean;
  readonly lines?: readonly ScriptLine[];
}

/** What the machine of a real job has, where that is less than its instance type has. */
export interface ScriptMachine {
  readonly memoryMiB?: number;
  readonly volumeMiB?: number;
}

export interface JobScript {
  readonly match?: string;
  readonly times?: number;
  readonly real?: boolean;
  readonly machine?: ScriptMachine;
  readonly phases?: readonly ScriptPhase[];
  readonly capacity?: 'granted' | 'never' | { readonly afterSeconds: number };
  readonly logs?: ScriptLogs;
  readonly interruptions?: readonly ScriptInterruption[];
  readonly status?: 'Completed' | 'Failed' | 'Stopped';
  readonly secondaryStatus?: 'Completed' | 'Failed' | 'Stopped' | 'MaxRuntimeExceeded' | 'MaxWaitTimeExceeded';
  readonly failureReason?: string | null;
  readonly exitCode?: number;
  readonly metrics?: Readonly<Record<string, Series>>;
  readonly instanceMetrics?: Readonly<Record<string, Series>>;
  readonly finalMetrics?: boolean;
  readonly modelArtifacts?: boolean;
  readonly trainingSeconds?: number;
  readonly billableSeconds?: number;
  readonly checkpoints?: readonly {
    readonly at: number;
    readonly path: string;
    readonly text?: string;
    readonly size?: number;
  }[];
  readonly delays?: ScriptDelays;
}

export type FaultKind =
  | 'throttle'
  | '500'
  | 'reset'
  | 'stall'
  | 'expired'
  | 'denied'
  | 'malformed'
  | 'empty-page'
  | 'slow';

export interface ScriptFault {
  readonly service: string;
  readonly operation: string;
  readonly kind: FaultKind;
  readonly times?: number;
  readonly after?: number;
  readonly seconds?: number;
  readonly performed?: boolean;
  readonly message?: string;
  readonly code?: string;
}

export interface Script {
  readonly jobs?: readonly JobScript[];
  readonly faults?: readonly ScriptFault[];
  readonly delays?: ScriptDelays;
  readonly github?: ScriptGitHub;
  readonly s3?: { readonly buckets?: readonly ScriptBucket[]; readonly defaultBucket?: boolean };
  readonly iam?: { readonly roles?: readonly ScriptRole[] };
  readonly oidc?: { readonly available?: boolean; readonly lifetime?: number; readonly subject?: string };
  readonly quotas?: readonly ScriptQuota[];
  readonly ecr?: { readonly repositories?: readonly ScriptRepository[] };
}

/** The bytes a script's `text`, `base64` or `size` stands for; `index` replaces `{i}` in text. */
export function scriptBytes(bytes: Bytes, index = 0): Buffer {
  if (bytes.base64 !== undefined) return Buffer.from(bytes.base64, 'base64');
  if (bytes.size !== undefined) return Buffer.alloc(bytes.size, 'x');
  return Buffer.from((bytes.text ?? '').replaceAll('{i}', String(index)));
}

/** Whether `text` fits `pattern`, in which `*` stands for any characters. */
export function matchesGlob(pattern: string, text: string): boolean {
  const source = pattern.split('*').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${source.join('[\\s\\S]*')}$`).test(text);
}
