import { cut } from './cut.ts';
import { code, codeLink, link } from './markdown.ts';
import type { JobFacts, Report } from './report.ts';

const REF_LIMIT = 120;

/** Which commit was trained, and whether the numbers are this run's own. */
export function subjectSentence(report: Report): string {
  if (report.isForeign) return FOREIGN;
  const { branch, merge, sha } = report.commit;
  const ref = code(cut(branch, REF_LIMIT));
  const trained = merge
    ? `${commitLink(report, merge.sha)}, the merge of ${commitLink(report, sha)} into ${code(cut(merge.base, REF_LIMIT))}`
    : `${commitLink(report, sha)} on ${ref}`;
  return `${participle(report)} ${trained}.${originSentence(report.job)}`;
}

const FOREIGN =
  'A job that this repository’s workflows did not start, as far as its tags tell: it is told here, and nothing is done about it.';

function participle({ conclusion, job, outcome }: Report): string {
  if (job === undefined || outcome?.kind === 'skipped') return 'For commit';
  return conclusion === 'running' || conclusion === 'pending' ? 'Training' : 'Trained';
}

function commitLink({ repository, runUrl }: Report, sha: string): string {
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
