import { describe, expect, it } from '@jest/globals';
import { excerptOf } from '../../../src/diagnose/log/excerpt.ts';
import { piecesOf } from '../../../src/diagnose/log/line.ts';
import { rootException } from '../../../src/diagnose/proofs.ts';
import { readExceptions } from '../../../src/diagnose/traceback.ts';

const raised = (exception: string, line = 1) =>
  `Traceback (most recent call last):\n  File "/opt/ml/code/train.py", line ${line}, in main\n    step()\n${exception}\n`;
const read = (log: string) => readExceptions(excerptOf(log).lines.flatMap(piecesOf));
const survived = (log: string) => read(log).map((one) => `${one.type} ${one.survived ? 'survived' : 'fatal'}`);
const epochs = (count: number) => Array.from({ length: count }, (_, epoch) => `epoch=${epoch} loss=0.5\n`).join('');

describe('an exception counts as survived', () => {
  it('when the same process raises another one much later', () => {
    const log = raised('OSError: retry') + epochs(60) + raised('ValueError: end', 9);
    expect(survived(log)).toEqual(['OSError survived', 'ValueError fatal']);
  });

  it('when it ended a thread, and the program one of its own', () => {
    const log = `Exception in thread Thread-3:\n${raised('psutil.NoSuchProcess: pid=4')}${raised('ValueError: end', 9)}`;
    expect(survived(log)).toEqual(['psutil.NoSuchProcess survived', 'ValueError fatal']);
  });

  it('when the same was raised again and again before another', () => {
    const skipped = [1, 2, 3].map((index) => raised(`OSError: cannot read '/data/${index}.jpg'`)).join('');
    expect(survived(skipped + raised('KeyError: 1', 9)).at(-1)).toBe('KeyError fatal');
    expect(survived(skipped + raised('KeyError: 1', 9)).slice(0, 3)).toEqual(Array(3).fill('OSError survived'));
  });
});

describe('an exception does not', () => {
  it('when it is the last word of its process, whatever the others go on to say', () => {
    const other = (text: string) => text.replace(/^/gm, '[1,mpirank:1,algo-2]<stderr>:');
    const log = `${raised('ValueError: end')}${other(epochs(60) + raised('OSError: retry'))}`;
    expect(survived(log)).toEqual(['ValueError fatal', 'OSError fatal']);
  });

  it('when a program gives up after attempts that failed alike', () => {
    const log = [1, 2, 3].map((index) => raised(`OSError: attempt ${index}`)).join('');
    expect(survived(log)).toEqual(Array(3).fill('OSError fatal'));
  });
});

it('the root is the one that was not survived', () => {
  const log = raised('OSError: retry', 3) + epochs(60) + raised('ValueError: end', 9);
  expect(rootException(read(log))?.type).toBe('ValueError');
});
