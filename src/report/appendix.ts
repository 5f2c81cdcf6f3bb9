import { cut } from './cut.ts';
import { count, duration } from './figures.ts';
import { code, details, fence, prose, table } from './markdown.ts';
import type { Report } from './report.ts';

const NOTE_LIMIT = 600;
const VALUE_LIMIT = 300;

export function notesList(notes: Report['notes'], most: number): string {
  const items = notes.slice(0, most).map((note) => `- ${prose(cut(note, NOTE_LIMIT))}`);
  const more = notes.length - items.length;
  return [...items, ...(more > 0 ? [`- … and ${count(more, 'note')} more, in the job summary.`] : [])].join('\n');
}

/** The end of the training log, collapsed; lines carry their node's name when there are several. */
export function logTailDetails(logTail: Report['logTail'], lines: number, width: number): string {
  const shown = logTail.slice(-lines);
  if (shown.length === 0) return '';
  const many = new Set(logTail.map(({ node }) => node)).size > 1;
  const text = shown.map(({ node, line }) => cut(many ? `${node} | ${line}` : line, width)).join('\n');
  return details(`Last ${count(shown.length, 'line')} of the training log`, fence(text));
}

/** What was asked of SageMaker. The environment by name only: values may be confidential. */
export function requestDetails({ job, request }: Report): string {
  if (request === undefined) return '';
  const rows = [
    ...(job === undefined ? [] : [['Image', imageCell(job)]]),
    ...[
      ['Script', request.script],
      ['Distribution', request.distribution],
    ].flatMap(([kind = '', value]) => (value === undefined ? [] : [[kind, code(cut(value, VALUE_LIMIT))]])),
    ...Object.entries(request.hyperparameters).map(named('Hyperparameter')),
    ...Object.entries(request.channels).map(named('Channel')),
    ...(request.environmentNames.length === 0 ? [] : [['Environment', request.environmentNames.map(code).join(' ')]]),
    ['Limits', limits(request)],
    ['Volume', `${request.volumeSizeGb} GB`],
  ];
  return details('What was asked of SageMaker', table(['', ''], 'll', rows));
}

function imageCell({ imageUri, imageSource, imageReason }: NonNullable<Report['job']>): string {
  const reason = imageReason === undefined ? '' : `: ${prose(cut(imageReason, VALUE_LIMIT))}`;
  return imageSource === undefined ? code(imageUri) : `${code(imageUri)} (${imageSource}${reason})`;
}

function named(kind: string): (entry: [string, string]) => string[] {
  return ([name, value]) => [`${kind} ${code(cut(name, VALUE_LIMIT))}`, code(cut(value, VALUE_LIMIT))];
}

function limits({ maxRunSeconds, maxWaitSeconds }: NonNullable<Report['request']>): string {
  const wait = maxWaitSeconds === undefined ? '' : `, \`max-wait\` ${duration(maxWaitSeconds)}`;
  return `\`max-run\` ${duration(maxRunSeconds)}${wait}`;
}
