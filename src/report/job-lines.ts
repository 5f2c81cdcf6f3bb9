import { cut } from './cut.ts';
import { code, codeLink, link } from './markdown.ts';
import type { JobFacts, Report } from './report.ts';

const REF_LIMIT = 120;

type Committed = Pick<Report, 'commit' | 'repository' | 'runUrl'>;

/** Which commit was trained, and whether the numbers are this run's own. */
export function subjectSentence(report: Report): string {
  if (report.isForeign) return FOREIGN;
  return `${participle(report)} ${commitWords(report)}.${matrixSentence(report)}${originSentence(report.job)}`;
}

/** Which leg of a matrix it is; empty without a matrix. */
export function matrixSentence({ matrix = {} }: Pick<Report, 'matrix'>): string {
  const values = Object.entries(matrix).map(
    ([name, value]) => `${code(cut(name, REF_LIMIT))} ${code(cut(value, REF_LIMIT))}`,
  );
  return values.length === 0 ? '' : ` Of the matrix: ${values.join(', ')}.`;
}

/** The values of a matrix as texts; `undefined` without one. */
export function matrixTexts(matrix: Readonly<Record<string, unknown>>): Report['matrix'] {
  const texts = Object.entries(matrix).map(([name, value]) => [
    name,
    typeof value === 'string' ? value : JSON.stringify(value),
  ]);
  return texts.length === 0 ? undefined : Object.fromEntries(texts);
}

/** The commit, or the merge of it, and where it stands; links. */
export function commitWords(report: Committed): string {
  const { branch, merge, sha } = report.commit;
  if (merge === undefined) return `${commitLink(report, sha)} on ${code(cut(branch, REF_LIMIT))}`;
  return `${commitLink(report, merge.sha)}, the merge of ${commitLink(report, sha)} into ${code(cut(merge.base, REF_LIMIT))}`;
}

const FOREIGN =
  'A job that this repository’s workflows did not start, as far as its tags tell: it is told here, and nothing is done about it.';

function participle({ conclusion, job, outcome }: Report): string {
  if (job === undefined || outcome?.kind === 'skipped') return 'For commit';
  return conclusion === 'running' || conclusion === 'pending' ? 'Training' : 'Trained';
}

function commitLink({ repository, runUrl }: Committed, sha: string): string {
  const [server] = runUrl.split(`/${repository}/`);
  return codeLink(sha.slice(0, 7), `${server}/${repository}/commit/${sha}`);
}

function originSentence(job: JobFacts | undefined): string {
  if (job?.origin === 'adopted') return ' This run follows a job that another run started.';
  if (job?.origin === 'watched') return ' Another run started the job; this one only watched it.';
  if (job?.origin !== 'reused') return '';
  const date = job.createdAt === undefined ? '' : ` of ${job.createdAt.slice(0, 10)}`;
  return ` These are the results of the job${date}: nothing that decides the weights has changed since, so nothing was spent.`;
}

/** Where the job and its things are; each place is a link to the console that shows it. */
export function placesLines({ job, runUrl }: Report): string {
  const run = link('workflow run', runUrl);
  if (job === undefined) return run;
  return [
    ...(job.checkpointUri === '' ? [] : [`Checkpoint ${codeLink(job.checkpointUri, job.checkpointConsoleUrl)}`]),
    ...(job.modelArtifacts === undefined ? [] : [`Model ${codeLink(job.modelArtifacts, job.modelConsoleUrl ?? '')}`]),
    `Job ${codeLink(job.name, job.consoleUrl)} · ${link('log', job.logsUrl)} · ${run}`,
  ].join('  \n');
}
