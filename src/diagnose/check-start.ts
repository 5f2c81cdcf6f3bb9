/** Whether the container started, and what is known of its image. */
import type { Circumstances } from './circumstances.ts';
import type { ImageEvidence } from './evidence.ts';
import { RUNTIME_SAID, shortened, verbatim } from './verbatim.ts';

export function startFinding(circumstances: Circumstances): string {
  const { image, unseen } = circumstances.evidence;
  const facts = image === undefined ? [] : imageWords(image);
  const hidden = unseen?.image ? [`The image could not be looked at: ${unseen.image}.`] : [];
  return [started(circumstances), ...facts, ...hidden].join(' ');
}

/** The architecture SageMaker's training instances have. */
export function isForeign({ architecture }: ImageEvidence): boolean {
  return architecture !== undefined && architecture !== 'amd64';
}

/** What the engine puts before the decisive words. */
const WRAPPING = /^.*: (?=exec:? ")/;

function started({ evidence: { log, role, job }, reason, exit, passages }: Circumstances): string {
  if (job.status === 'not-created') return 'No container: the request was refused, so there is no job.';
  if (reason && RUNTIME_SAID.test(reason.text))
    return `${verbatim(shortened(reason.text.replace(WRAPPING, ''), 300))}.`;
  const unfit = passages.find(({ text }) => /^(?:standard_init\S+ )?exec .*exec format error$/.test(text));
  if (unfit) return `The machine could not run its program: ${verbatim(unfit.text)}.`;
  if (exit && (exit.code === 126 || exit.code === 127))
    return `The container ended with exit code ${exit.code}: its program could not be run.`;
  if (log.totalLines > 0) return 'The container started: it wrote to its log.';
  const denied = role?.find(({ action, allowed }) => action.startsWith('ecr:') && !allowed);
  if (denied)
    return `By its own policies the execution role may not pull the image (${denied.action} on ${denied.resource}).`;
  return 'No log line proves that the container started.';
}

function imageWords(image: ImageEvidence): readonly string[] {
  const { uri, exists, architecture, entrypoint = [], command = [] } = image;
  if (exists === false) return [`The image ${uri} does not exist.`];
  if (isForeign(image)) return [`The image is built for ${architecture}, and the instances are amd64.`];
  const starts = [...entrypoint, ...command].join(' ').slice(0, 120);
  const kind = architecture === undefined ? '' : ` for ${architecture}`;
  // SageMaker appends `train` to the entry point and ignores CMD where there is one.
  return [`The image exists${kind}; ${starts === '' ? 'it names no ENTRYPOINT' : `it starts with \`${starts}\``}.`];
}
