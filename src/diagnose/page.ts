/** The page of all diagnoses, made from the labels and rules: one source for each fact. */

import { evidenceOf } from './case.ts';
import { readCircumstances } from './circumstances.ts';
import { type Family, LABELS, type LabelMeaning } from './labels.ts';
import type { Rule } from './rule.ts';
import { RULES } from './rules/index.ts';
import { SAMPLES } from './samples/index.ts';
import type { Sample } from './samples/samples.ts';

const HEAD = `# Diagnoses

<!-- Made from src/diagnose by \`node scripts/diagnoses.ts\`; do not edit by hand. -->

What the action says when a job fails or stops: \`cause\` holds the label, \`diagnosis\` the proof and the remedy.
The strongest sign decides; a root exception counts in full, a warning hardly, and what other ranks say after one of
them died yields to what that one said. Below a confidence of 0.42 the answer is \`unknown\`.
`;

const UNKNOWN = 'The answer quotes the best excerpt, and says where to look.\n';

/** Markdown, ending in a newline. */
export function diagnosesPage(): string {
  const families = Map.groupBy(LABELS, ({ family }) => family);
  return `${HEAD}\n${[...families].map(([family, labels]) => familySection(family, labels)).join('\n')}`;
}

function familySection(family: Family, labels: readonly LabelMeaning[]): string {
  const title = `${family[0]?.toUpperCase()}${family.slice(1)}`;
  return `## ${title}\n\n${labels.map(labelSection).join('\n')}`;
}

function labelSection({ label, meaning }: LabelMeaning): string {
  const rules = RULES.filter((rule) => rule.label === label);
  const body = rules.length > 0 ? rules.map(ruleText).join('\n') : `${sentence(meaning)}\n\n${UNKNOWN}`;
  return `### \`${label}\`\n\n${body}`;
}

function ruleText(rule: Rule): string {
  const sample = SAMPLES[rule.label].samples[0] ?? '';
  const remedies = rule.remedy(foundIn(sample)).map((remedy) => `- ${escaped(remedy)}`);
  const retry = rule.retryable ? 'A retry may succeed.' : 'A retry would fail the same way.';
  return `${rule.title}. ${retry} For example:\n\n${fenced(shown(sample))}\n\n${remedies.join('\n')}\n`;
}

/** The remedy as it reads for the first sample. */
function foundIn(sample: Sample) {
  const evidence = evidenceOf(typeof sample === 'string' ? { status: 'Failed', log: sample } : sample);
  const text = shown(sample);
  return { text, match: [text], request: evidence.request, circumstances: readCircumstances(evidence) };
}

function shown(sample: Sample): string {
  if (typeof sample === 'string') return sample;
  const lines = [sample.failure_reason, sample.log].filter((line) => typeof line === 'string' && line !== '');
  return lines.length > 0 ? lines.join('\n') : `${sample.status}, secondary status ${sample.secondary_status}`;
}

function fenced(text: string): string {
  return `\`\`\`\`text\n${text}\n\`\`\`\``;
}

/** Placeholders in angle brackets are no HTML; in code they need no escape. */
function escaped(text: string): string {
  return text.replace(/`[^`]*`|[<>]/g, (found) => (found === '<' ? '&lt;' : found === '>' ? '&gt;' : found));
}

function sentence(meaning: string): string {
  return `${meaning[0]?.toUpperCase()}${meaning.slice(1)}.`;
}
