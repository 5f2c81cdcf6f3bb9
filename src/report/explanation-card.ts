/** The card that says why: cause, proof, what was looked at, what to do, whether to try again. */
import type { Explained } from '../diagnose/explain-job.ts';
import { cut } from './cut.ts';
import { code, fence, prose, table } from './markdown.ts';

/** Of proof in all: a laptop's first screen. */
const PROOF_LINES = 20;
const FRAMES = 4;
/** What else was said, where a traceback says the most. */
const BESIDE_TRACEBACK = 3;
const LINE_WIDTH = 400;
/** Characters of a line of code that fit GitHub's column. */
const FOLD = 108;
const TEXT_LIMIT = 1_500;

type Diagnosis = Explained['diagnosis'];
type Source = Diagnosis['evidence'][number]['source'];

const SOURCES: Readonly<Record<Source, string>> = {
  log: 'The training log',
  'failure-reason': "SageMaker's reason",
  transitions: 'The phases of the job',
  metrics: 'Instance metrics',
  'data-access': 'Access to the data',
  image: 'The image',
  quota: 'Quotas',
  request: 'The request',
};

const CHECKS: Readonly<Record<Diagnosis['checks'][number]['name'], string>> = {
  logs: 'Logs',
  metrics: 'Instance metrics',
  'data-access': 'Data access',
  'container-start': 'Container start',
};

/** False: the honest answer is that nobody knows. */
export function isKnown({ diagnosis }: Explained): boolean {
  return diagnosis.label !== 'unknown';
}

/** The cause in one line, and how sure it is. */
export function causeLine({ diagnosis, place }: Explained): string {
  const { label, title, confidence, alternatives } = diagnosis;
  if (label === 'unknown') return `**Cause:** not found. ${prose(title)}.`;
  const where = place === undefined ? '' : ` at ${code(`${place.file}:${place.line}`)}`;
  const sure = `${Math.round(confidence * 100)} % sure`;
  const others = alternatives.map(
    (other) => ` If that is not it: ${prose(inSentence(other.title))} (${code(other.label)}).`,
  );
  return `**Cause:** ${prose(title)}${where} (${code(label)}, ${sure}).${others.join('')}`;
}

/** What proves it, quoted, the decisive words first. */
export function proofBlocks({ diagnosis, raised }: Explained): string {
  const { evidence } = diagnosis;
  const traceback = raised === undefined ? [] : tracebackOf(raised);
  const isShown = (quote: string) => traceback.length > 0 && raised?.text.includes(quote.trim()) === true;
  const bySource = Map.groupBy(
    evidence.filter(({ quote }) => !isShown(quote)),
    ({ source }) => source,
  );
  const quoted = [...bySource].map(([source, proofs]): Block => {
    const lines = proofs.flatMap(({ quote }) => quote.split('\n'));
    return [SOURCES[source], traceback.length > 0 ? lines.slice(0, BESIDE_TRACEBACK) : lines];
  });
  const own: Block[] = traceback.length > 0 ? [['The traceback in the training log', traceback]] : [];
  return fenced(evidence[0] && isShown(evidence[0].quote) ? [...own, ...quoted] : [...quoted, ...own]);
}

type Block = readonly [string, readonly string[]];

function fenced(blocks: readonly Block[]): string {
  let left = PROOF_LINES;
  const texts: string[] = [];
  for (const [title, all] of blocks) {
    const lines = all
      .filter((line) => line.trim() !== '')
      .flatMap((line) => folded(cut(line, LINE_WIDTH)))
      .slice(0, left);
    left -= lines.length;
    if (lines.length > 0) texts.push(`${title}:\n\n${fence(lines.join('\n'))}`);
  }
  return texts.join('\n\n');
}

/** A code block on GitHub does not wrap, and the decisive words often come last. */
function folded(line: string): string[] {
  const at = line.lastIndexOf(' ', FOLD);
  if (line.length <= FOLD || at < FOLD / 2) return [line];
  return [line.slice(0, at), ...folded(`    ${line.slice(at + 1)}`)];
}

/** The frames of the user's own code, and the exception, as Python prints them. */
function tracebackOf({ text, frames }: NonNullable<Explained['raised']>): readonly string[] {
  const lines = frames
    .slice(0, FRAMES)
    .toReversed()
    .flatMap(({ file, line, function: name, code: source }) => [
      `  File "${file}", line ${line}${name === '' ? '' : `, in ${name}`}`,
      ...(source === '' ? [] : [`    ${source}`]),
    ]);
  return lines.length === 0 ? [] : [...lines, ...text.split('\n').slice(0, PROOF_LINES - lines.length)];
}

/** Where an expert looks, in that order, and what was found there. */
export function checksTable({ diagnosis: { checks } }: Explained): string {
  const rows = checks.map(({ name, finding }) => [CHECKS[name], prose(cut(finding, TEXT_LIMIT))]);
  return rows.length === 0 ? '' : table(['Looked at', 'Found'], 'll', rows);
}

/** What to do, the most useful first, and whether the same again may succeed. */
export function remedyList({ diagnosis }: Explained): string {
  const steps = diagnosis.remedy.map((step, index) => `${index + 1}. ${prose(cut(step, TEXT_LIMIT))}`);
  return ['**Next:**', steps.join('\n'), retryLine(diagnosis)].filter((text) => text !== '').join('\n\n');
}

function retryLine({ label, retryable }: Diagnosis): string {
  if (label === 'unknown') return '';
  return retryable
    ? 'Running it again as it is may succeed.'
    : 'Running it again as it is would most likely end the same way.';
}

/** Names of services, and what is written in capitals, keep them. */
export function inSentence(title: string): string {
  return /^(?:Amazon\b|[A-Z]{2})/.test(title) ? title : `${title.charAt(0).toLowerCase()}${title.slice(1)}`;
}
