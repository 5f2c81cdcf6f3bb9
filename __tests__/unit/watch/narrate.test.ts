import { describe, expect, it } from '@jest/globals';
import { clean, neutralLine } from '../../../src/hostile/clean.ts';
import type { JobEvent } from '../../../src/watch/events.ts';
import { makeNarrator, utcTime } from '../../../src/watch/narrate.ts';
import { secretsOf } from '../../fixtures/doors.ts';
import { hostileTexts } from '../../fixtures/hostile-text.ts';

const at = Date.UTC(2026, 8, 24, 14, 3, 59) / 1000;
const lines = (...list: readonly string[]): JobEvent => ({ kind: 'lines', node: 'algo-1', lines: list });
const transition = (status: string, message = ''): JobEvent => ({ kind: 'transition', status, message, at });
const trouble: JobEvent = { kind: 'trouble', what: 'The job could not be read', error: 'down' };

describe('the narrator', () => {
  it('folds each stretch of log into one group', () => {
    const narrator = makeNarrator('train-job', 1);
    const spoken = [lines('a'), lines('b'), transition('Interrupted', 'spot'), lines('c'), trouble, lines('d')].flatMap(
      narrator.speak,
    );
    expect([...spoken, ...narrator.end()]).toEqual([
      { kind: 'group', title: 'Log of train-job' },
      { kind: 'line', text: '│ a' },
      { kind: 'line', text: '│ b' },
      { kind: 'end-group' },
      { kind: 'line', text: '14:03:59 Interrupted: spot' },
      { kind: 'group', title: 'Log of train-job' },
      { kind: 'line', text: '│ c' },
      { kind: 'end-group' },
      { kind: 'warning', text: 'The job could not be read: down. Trying again.' },
      { kind: 'group', title: 'Log of train-job' },
      { kind: 'line', text: '│ d' },
      { kind: 'end-group' },
    ]);
    expect(narrator.end()).toEqual([]);
  });

  it('names the node when there are several, and shows a progress bar as it stood last', () => {
    expect(makeNarrator('j', 2).speak(lines(' 10%\r 50%\r100% done'))).toContainEqual({
      kind: 'line',
      text: '│ algo-1 │ 100% done',
    });
  });

  it('keeps groups balanced and lets no line of a job act as a command, whatever it holds', () => {
    const narrator = makeNarrator('train-job', 1);
    const texts = ['::set-output name=x::y', '  ::error::x', '##[error]x', '\r::endgroup::', ...hostileTexts(1000)];
    const spoken = texts.flatMap((text, index) => [
      ...narrator.speak(lines(...text.split('\n'))),
      ...(index % 3 === 0 ? narrator.speak(transition('Training', text)) : []),
      ...(index % 7 === 0 ? narrator.speak({ ...trouble, error: text }) : []),
    ]);
    let depth = 0;
    for (const item of [...spoken, ...narrator.end()]) {
      if (item.kind === 'group') depth += 1;
      if (item.kind === 'end-group') depth -= 1;
      expect([0, 1]).toContain(depth);
      if (item.kind !== 'line') continue;
      for (const printed of clean(item.text, secretsOf()).split('\n')) {
        const shown = neutralLine(clean(printed, secretsOf()));
        expect(shown).not.toMatch(/^\s*::/);
        expect(shown).not.toContain('##[');
      }
    }
    expect(depth).toBe(0);
  });

  it('tells the time of day in UTC', () => {
    expect([0, 59.9, at, 86_399 + 86_400].map(utcTime)).toEqual(['00:00:00', '00:00:59', '14:03:59', '23:59:59']);
  });
});
