/** The four places an expert looks at, in that order, and what each showed. */
import type { Circumstances } from './circumstances.ts';
import type { CheckFinding } from './diagnosis.ts';
import type { MetricSeries } from './evidence.ts';
import { textOf } from './exception.ts';
import { rootException, userFrame } from './proofs.ts';

export function checksOf(circumstances: Circumstances): CheckFinding[] {
  return [
    { name: 'logs', finding: logFinding(circumstances) },
    { name: 'metrics', finding: metricFinding(circumstances) },
    { name: 'data-access', finding: dataFinding(circumstances) },
    { name: 'container-start', finding: startFinding(circumstances) },
  ];
}

function logFinding({ evidence: { log }, exceptions, exit }: Circumstances): string {
  if (log.totalLines === 0)
    return 'No log lines: the program printed nothing, never started, or its log was not given.';
  const size = `${log.totalLines.toLocaleString('en-US')} ${log.totalLines === 1 ? 'line' : 'lines'} read`;
  const root = rootException(exceptions);
  if (root) {
    const frame = userFrame(root);
    const where = frame ? ` at ${frame.file}:${frame.line}` : '';
    return `${size}; ${verbatim(shortened(textOf(root).split('\n')[0] ?? ''))}${where}.`;
  }
  const code = exit === undefined ? '' : `; exit code ${exit.code}`;
  const last = log.lines.findLast(({ text }) => text.trim() !== '')?.text.trim();
  const words = last === undefined ? '' : `; it ends with ${verbatim(shortened(last))}`;
  return `${size}; no exception of the program among them${code}${words}.`;
}

/** Cut between two words where there are any. */
function shortened(text: string): string {
  if (text.length <= 140) return text;
  const end = text.lastIndexOf(' ', 138);
  return `${text.slice(0, end < 70 ? 138 : end).toWellFormed()} …`;
}

/** As it was written: in Markdown's code where that is possible. */
function verbatim(text: string): string {
  return text.includes('`') ? text : `\`${text}\``;
}

/** Percentages run to 100 × cores or GPUs, so only a share of the largest value seen means something for those. */
function metricFinding({ evidence: { metrics } }: Circumstances): string {
  if (metrics.length === 0) return 'No instance metrics; one-minute samples would miss short peaks anyway.';
  return `${metrics.map(describeSeries).join('; ')}. Samples are a minute apart: a short peak can be missing.`;
}

function describeSeries({ name, points }: MetricSeries): string {
  const last = points.at(-1)?.[1];
  if (last === undefined) return `${name}: no samples`;
  const highest = Math.max(...points.map(([, value]) => value));
  return `${name}: highest ${round(highest)}, last ${round(last)}`;
}

/** The container runtime's own words. They come behind `Artifact upload failed`, and are not about artifacts. */
const RUNTIME = /CannotStartContainer|ContainerStartup|OCI runtime|exec format|pull/i;
const WRAPPING = /^.*: (?=exec:? ")/;

function dataFinding({ evidence: { data, role, log }, reason, phases }: Circumstances): string {
  const bad = (data ?? []).filter(({ answer }) => answer !== 'found');
  if (bad.length > 0) return bad.map(({ uri, answer, detail }) => `${uri}: ${answer} (${detail})`).join('; ');
  const denied = (role ?? []).filter(({ allowed }) => !allowed);
  if (denied.length > 0)
    return `The execution role may not: ${denied.map(({ action, resource }) => `${action} on ${resource}`).join('; ')}.`;
  if (reason && !RUNTIME.test(reason.text) && /data download failed|upload failed|S3/i.test(reason.detail))
    return reason.detail.slice(0, 200);
  if (data && data.length > 0) return `All ${data.length} S3 locations of the request answered.`;
  const trained = phases.some(
    ({ phase, message }) => phase === 'Training' && !/Downloading the training image/.test(message),
  );
  if (trained || log.totalLines > 0)
    return 'The input data was downloaded: the job came as far as running the container.';
  return 'Nothing points at the data; no S3 location was probed.';
}

function startFinding({ evidence: { log, image, job }, reason, exit, passages }: Circumstances): string {
  if (job.status === 'not-created') return 'No container: the request was refused, so there is no job.';
  if (image?.exists === false) return `The image ${image.uri} does not exist.`;
  if (image?.architecture && image.architecture !== 'amd64') return `The image is built for ${image.architecture}.`;
  if (reason && RUNTIME.test(reason.text)) return verbatim(reason.text.replace(WRAPPING, '').slice(0, 300));
  const unfit = passages.find(({ text }) => /^(?:standard_init\S+ )?exec .*exec format error$/.test(text));
  if (unfit) return `The machine could not run its program: ${verbatim(unfit.text)}.`;
  if (exit && (exit.code === 126 || exit.code === 127))
    return `The container ended with exit code ${exit.code}: its program could not be run.`;
  if (log.totalLines > 0) return 'The container started: it wrote to its log.';
  return 'No log line proves that the container started.';
}

function round(value: number): string {
  return value.toLocaleString('en-US', { maximumFractionDigits: 1 });
}
