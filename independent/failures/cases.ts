/** Programs that really fail, each for a reason of its own, and what must be said about them. */

export interface FailureCase {
  /** Its directory here, and the `name` of its training. */
  readonly name: string;
  /** Output `cause`. */
  readonly cause: string;
  /** FailureReason, as SageMaker words what happened. */
  readonly reason: RegExp;
  /** What the comment must hold. */
  readonly tells: readonly RegExp[];
  /** Frame of the program that the annotation must mark: a file of its directory, and a piece of that line. */
  readonly line?: { readonly file: string; readonly code: string };
  readonly inputs?: Readonly<Record<string, string>>;
  /** Of the local cloud's script: what the machine has. */
  readonly machine?: { readonly memoryMiB?: number; readonly volumeMiB?: number };
}

export const BUCKET = 'acme-ml';
export const LIMITED_ROLE = 'training-limited';
export const CHECKPOINTS = 'checkpoints/forecast/';

/** AArch64's `mov x0, #0; mov x8, #93; svc #0`: a program that does nothing but end well, on its own processor. */
const ARM_CODE = [0xd2800000, 0xd2800ba8, 0xd4000001];

const MEMORY_REASON =
  /^ClientError: Please use an instance type with more memory, or reduce the size of job data processed on an instance\.$/;
const EXIT_1 = /^AlgorithmError: , exit code: 1$/;

export const CASES: readonly FailureCase[] = [
  {
    name: 'memory',
    cause: 'host-oom',
    reason: MEMORY_REASON,
    tells: [/the memory of the host ran out/i, /instance-type: ml\./],
    machine: { memoryMiB: 128 },
  },
  {
    name: 'disk',
    cause: 'disk-full',
    reason: EXIT_1,
    tells: [/No space left on device/, /volume-size/],
    line: { file: 'train.py', code: 'file.write(os.urandom' },
    machine: { volumeMiB: 24 },
  },
  {
    name: 'module',
    cause: 'module-not-found',
    reason: EXIT_1,
    tells: [/No module named 'lightgbm'/, /pip install lightgbm/],
    line: { file: 'train.py', code: 'import lightgbm' },
  },
  {
    name: 'worker',
    cause: 'dataloader-worker-killed',
    reason: EXIT_1,
    tells: [/killed by signal: Bus error/, /shared memory|num_workers/],
    line: { file: 'train.py', code: 'raise RuntimeError' },
  },
  {
    name: 'entrypoint',
    cause: 'entrypoint-not-found',
    reason: /^ClientError: .*exec: "\/opt\/ml\/code\/start\.sh".*no such file or directory/,
    tells: [/start\.sh/, /ENTRYPOINT/],
  },
  {
    name: 'architecture',
    cause: 'exec-format-error',
    reason: /^AlgorithmError: , exit code: (?:1|255)$/,
    tells: [/exec format error/i, /linux\/amd64/],
    inputs: { platform: 'linux/arm64' },
  },
  {
    name: 'data',
    cause: 's3-access-denied',
    reason: /^ClientError: Data download failed:.*403/,
    tells: [/s3:GetObject/, new RegExp(`arn:aws:s3:::${BUCKET}/data/private/`)],
    inputs: {
      channels: `train: s3://${BUCKET}/data/private/`,
      'execution-role': `arn:aws:iam::111122223333:role/${LIMITED_ROLE}`,
    },
  },
  {
    name: 'checkpoint',
    cause: 'checkpoint-resume-error',
    reason: EXIT_1,
    tells: [/pickle data was truncated|Ran out of input/, /resume: never|\/train fresh/],
    line: { file: 'train.py', code: 'pickle.load' },
    inputs: { 'checkpoint-uri': `s3://${BUCKET}/${CHECKPOINTS}` },
  },
];

/** A whole ELF executable for AArch64: header, one loadable segment, three instructions. */
export function armProgram(): Buffer {
  const file = Buffer.alloc(120 + 4 * ARM_CODE.length);
  const base = 0x400000n;
  Buffer.from([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1]).copy(file);
  file.writeUInt16LE(2, 16);
  file.writeUInt16LE(183, 18);
  file.writeUInt32LE(1, 20);
  file.writeBigUInt64LE(base + 120n, 24);
  file.writeBigUInt64LE(64n, 32);
  file.writeUInt16LE(64, 52);
  file.writeUInt16LE(56, 54);
  file.writeUInt16LE(1, 56);
  file.writeUInt32LE(1, 64);
  file.writeUInt32LE(5, 68);
  file.writeBigUInt64LE(base, 80);
  file.writeBigUInt64LE(base, 88);
  file.writeBigUInt64LE(BigInt(file.length), 96);
  file.writeBigUInt64LE(BigInt(file.length), 104);
  file.writeBigUInt64LE(4096n, 112);
  for (const [index, instruction] of ARM_CODE.entries()) file.writeUInt32LE(instruction, 120 + 4 * index);
  return file;
}

/** A pickle whose frame announces 4096 bytes, of which an upload that was cut off left a few. */
export const TRUNCATED_PICKLE = Buffer.concat([
  Buffer.from([0x80, 0x04, 0x95, 0x00, 0x10, 0, 0, 0, 0, 0, 0, 0x7d, 0x94]),
  Buffer.from('(\x8c\x05epoch', 'latin1'),
]);
