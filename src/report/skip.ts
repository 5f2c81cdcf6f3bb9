/** Nothing is trained on purpose: said in the log, the summary and the outputs, and nowhere else. */
import { Failure } from '../failure.ts';
import { clean } from '../hostile/clean.ts';
import type { Inputs } from '../inputs/inputs.ts';
import type { FoundSubject } from '../plan/find-subject.ts';
import type { Ports } from '../ports.ts';
import { conclude } from './conclude.ts';

type Skipped = Exclude<FoundSubject, { kind: 'subject' }>;

export async function skip(
  found: Skipped,
  inputs: Inputs,
  { runner, secrets }: Pick<Ports, 'runner' | 'secrets'>,
): Promise<0 | 1> {
  if (found.kind === 'unsupported') {
    throw new Failure(
      'EVENT_UNSUPPORTED',
      `This event cannot be trained: ${found.why}.`,
      'See the events that the README lists.',
    );
  }
  const untrusted = found.kind === 'untrusted';
  const message = untrusted
    ? `Not trained: ${found.why}. Code of strangers is never built with this repository’s credentials.`
    : `Nothing to do: ${found.why}.`;
  const verdict = conclude({
    outcome: { kind: 'skipped', why: found.why, untrusted },
    gatesHold: true,
    failure: undefined,
    ...inputs.run,
    statusWritten: false,
  });
  const text = clean(message, secrets);
  runner.output('conclusion', verdict.conclusion);
  if (verdict.exitCode === 1) runner.error(text);
  else runner.notice(text);
  await runner.summary(clean(`${escapeText(message)}\n`, secrets)).catch(() => {});
  return verdict.exitCode;
}

/** A fork's name is a stranger's word: nothing in it may become Markdown. */
function escapeText(text: string): string {
  return text.replace(/[\\`*_{}[\]<>()#+!|@$~&:/-]/g, (character) => `&#${character.charCodeAt(0)};`);
}
