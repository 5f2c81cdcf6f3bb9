/** Logs of a gigabyte, as long trainings leave them: metrics, progress bars, chatter of libraries, and at the end the cause. */
import { closeSync, openSync, writeSync } from 'node:fs';

/** What the explanation of each log must find. */
export const CAUSE = 'gpu-oom';

const NODES = 20;
const PIECE = 2 ** 20;

const metrics = (step: number) => [
  `{'loss': ${(9 / (1 + step / 900)).toFixed(4)}, 'grad_norm': 1.07, 'learning_rate': 2.4e-05, 'epoch': ${(step / 4000).toFixed(2)}}`,
];
const progress = (step: number) => [
  `\r ${step % 100}%|${'#'.repeat(step % 10)}    | ${step}/40000 [1:02:11<3:10:44,  2.11it/s, loss=2.31, v_num=7]`,
];
/** Chatter that holds the very words a cause is told in. */
const chatter = (step: number) => [
  `algo-1:141:${300 + (step % 8)} [${step % 8}] NCCL INFO Channel 0${step % 4}/0 : 0[0] -> 1[0] [send] via NET/AWS Libfabric/0/GDRDMA`,
];
const warning = () => [
  '/opt/conda/lib/python3.11/site-packages/torch/utils/checkpoint.py:464: UserWarning: the use_reentrant parameter should be passed explicitly.',
  '  warnings.warn(',
];
/** An exception that the program survives. */
const survived = (step: number) => [
  'Traceback (most recent call last):',
  '  File "/opt/ml/code/data.py", line 31, in __getitem__',
  '    image = Image.open(path)',
  `PIL.UnidentifiedImageError: cannot identify image file '/opt/ml/input/data/train/${step}.jpg'`,
  'skipping it',
];
const END = [
  'Traceback (most recent call last):',
  '  File "/opt/ml/code/train.py", line 188, in <module>',
  '    main()',
  '  File "/opt/ml/code/train.py", line 171, in main',
  '    loss.backward()',
  'torch.OutOfMemoryError: CUDA out of memory. Tried to allocate 2.25 GiB. GPU 3 has a total capacity of 21.98 GiB of which 1.01 GiB is free.',
];

/** Of a thousand steps most print metrics or progress, some chatter and warnings, one an exception. */
function linesOf(step: number): readonly string[] {
  const kind = step % 1000;
  if (kind === 999) return survived(step);
  if (kind % 97 === 0) return warning();
  if (kind % 9 === 0) return chatter(step);
  return kind % 3 === 0 ? metrics(step) : progress(step);
}

/** One node's log, which ends with the cause. */
export function writeOneNode(path: string, bytes: number): void {
  write(path, { bytes, deathAt: bytes, lines: linesOf });
}

/**
 * The logs of twenty nodes as one, line by line in turn, each line with its rank in front, as mpirun prints them. One node
 * fails, and the others go on until they miss it.
 */
export function writeTwentyNodes(path: string, bytes: number): void {
  const tag = (step: number) => `[1,mpirank:${step % NODES},algo-${(step % NODES) + 1}]<stderr>:`;
  write(path, { bytes, deathAt: 0.9 * bytes, lines: (step) => linesOf(Math.floor(step / NODES)), tag });
}

/** The node that fails is none of the first. */
const FAILED = 13;

interface Course {
  readonly bytes: number;
  /** Bytes after which the program, or the failed node's, ends with the cause. */
  readonly deathAt: number;
  readonly lines: (step: number) => readonly string[];
  readonly tag?: (step: number) => string;
}

function write(path: string, { bytes, deathAt, lines, tag = () => '' }: Course): void {
  const file = openSync(path, 'w');
  let written = 0;
  let dead = false;
  try {
    for (let step = 0; written < bytes || !dead; ) {
      let piece = '';
      for (; piece.length < PIECE; step++) {
        if (dead && step % NODES === FAILED) continue;
        for (const line of lines(step)) piece += `${tag(step)}${line}\n`;
      }
      written += writeSync(file, piece);
      if (dead || written < deathAt) continue;
      written += writeSync(file, END.map((line) => `${tag(FAILED)}${line}\n`).join(''));
      dead = true;
    }
  } finally {
    closeSync(file);
  }
}
