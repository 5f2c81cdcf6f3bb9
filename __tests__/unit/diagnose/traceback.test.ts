import { describe, expect, it } from '@jest/globals';
import { textOf } from '../../../src/diagnose/exception.ts';
import { excerptOf } from '../../../src/diagnose/log/excerpt.ts';
import { piecesOf } from '../../../src/diagnose/log/line.ts';
import { readExceptions } from '../../../src/diagnose/traceback.ts';

const read = (log: string) => readExceptions(excerptOf(log).lines.flatMap(piecesOf));
const shown = (log: string) => read(log).map((one) => [one.standing, textOf(one)]);

const TRACE = 'Traceback (most recent call last):\n  File "/opt/ml/code/a.py", line 3, in main\n    b()\n';

describe('readExceptions', () => {
  it('reads type, message, frames and source of a plain traceback', () => {
    const [one] = read(
      `epoch 1\n${TRACE}ValueError: too\nlong\n2024-01-01 10:00:00,000 sagemaker-training-toolkit ERROR    Reporting training FAILURE`,
    );
    expect(one).toMatchObject({ type: 'ValueError', message: 'too\nlong', standing: 'raised', line: { number: 5 } });
    expect(one?.frames).toEqual([{ file: '/opt/ml/code/a.py', line: 3, function: 'main', code: 'b()' }]);
  });

  it.each([
    [
      'a chain',
      `${TRACE}KeyError: 'a'\n\nDuring handling of the above exception, another exception occurred:\n\n${TRACE}RuntimeError: b`,
      [
        ['raised', "KeyError: 'a'"],
        ['raised', 'RuntimeError: b'],
      ],
    ],
    [
      'a wrapper behind the cause',
      `${TRACE}ValueError: a\n${TRACE}subprocess.CalledProcessError: Command 'x' returned non-zero exit status 1.`,
      [
        ['raised', 'ValueError: a'],
        ['wrapper', "subprocess.CalledProcessError: Command 'x' returned non-zero exit status 1."],
      ],
    ],
    [
      'a broken logging call',
      `--- Logging error ---\n${TRACE}TypeError: not all arguments converted\nCall stack:\n  File "a.py", line 1, in <module>\n`,
      [
        ['noise', 'TypeError: not all arguments converted'],
        ['noise', ''],
      ],
    ],
    [
      'a lost peer',
      `${TRACE}RuntimeError: [1] is setting up NCCL communicator and retrieving ncclUniqueId from [0] via c10d key-value store, but store->get('0') got error: Connection reset by peer`,
      [['consequence', expect.stringContaining('Connection reset by peer')]],
    ],
    [
      'a name only exceptions have',
      'botocore.errorfactory.NoSuchKey: gone',
      [['raised', 'botocore.errorfactory.NoSuchKey: gone']],
    ],
    [
      'an unusual name below a traceback',
      `${TRACE}socket.timeout: timed out`,
      [['raised', 'socket.timeout: timed out']],
    ],
    [
      'one line',
      'Traceback (most recent call last): File "a.py", line 1, in <module> import x ModuleNotFoundError: No module named \'x\'',
      [['raised', "ModuleNotFoundError: No module named 'x'"]],
    ],
    [
      'stderr inside a literal',
      "Return Code: 1, CMD: ['a'], Err: b'Traceback (most recent call last):\\n  File \"a.py\", line 1, in f\\n    g()\\nValueError: deep\\n'",
      [['raised', 'ValueError: deep']],
    ],
    ['a traceback that breaks off', `${TRACE}`.trimEnd(), [['raised', 'b()']]],
    ['a warning', 'a.py:3: FutureWarning: use x\nDeprecationWarning: old', [['noise', 'DeprecationWarning: old']]],
  ])('reads %s', (_, log, expected) => {
    expect(shown(log)).toEqual(expected);
  });

  it('keeps ranks apart whose lines are interleaved, within a line too', () => {
    const log = [
      '[1,mpirank:0,algo-1]<stderr>:Traceback (most recent call last):',
      '[1,mpirank:1,algo-1]<stderr>:Traceback (most recent call last):',
      '[1,mpirank:0,algo-1]<stderr>:  File "a.py", line 1, in f',
      '[1,mpirank:1,algo-1]<stderr>:  File "b.py", line 2, in g',
      "[1,mpirank:1,algo-1]<stderr>:KeyError[1,mpirank:1,algo-1]<stderr>:: 'b'",
      '[1,mpirank:0,algo-1]<stderr>:ValueError: a',
    ].join('\n');
    expect(read(log).map((one) => [one.rank, textOf(one), one.frames[0]?.file])).toEqual([
      ['1', "KeyError: 'b'", 'b.py'],
      ['0', 'ValueError: a', 'a.py'],
    ]);
  });

  it.each([
    ['[rank3]: Traceback (most recent call last):\n[rank3]:   File "a.py", line 1, in f\n[rank3]: ValueError: a', '3'],
    ['(RayTrainWorker pid=77, ip=10.0.0.1) ValueError: a', '77'],
    ['[default2]:ValueError: a', '2'],
    ['\u001b[31mValueError\u001b[0m: a', undefined],
    ['2024-01-01T10:00:00.123Z ValueError: a', undefined],
    ['algo-1-k8x2  | ValueError: a', undefined],
    ['100%|####| 4/4\rValueError: a', undefined],
  ])('takes off what launchers and viewers put in front: %j', (log, rank) => {
    const [one] = read(log);
    expect([one && textOf(one), one?.rank]).toEqual(['ValueError: a', rank]);
  });
});
