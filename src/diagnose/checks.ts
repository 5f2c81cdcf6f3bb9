/** The four places an expert looks at, in that order, and what each showed. */
import { dataFinding } from './check-data.ts';
import { startFinding } from './check-start.ts';
import type { Circumstances } from './circumstances.ts';
import type { CheckFinding } from './diagnosis.ts';
import { textOf } from './exception.ts';
import { rootException, userFrame } from './proofs.ts';
import { hardwareOf } from './remedies/hardware.ts';
import { type Usage, usageOf } from './usage.ts';
import { shortened, verbatim } from './verbatim.ts';

export function checksOf(circumstances: Circumstances): CheckFinding[] {
  return [
    { name: 'logs', finding: logFinding(circumstances) },
    { name: 'metrics', finding: metricFinding(circumstances) },
    { name: 'data-access', finding: dataFinding(circumstances) },
    { name: 'container-start', finding: startFinding(circumstances) },
  ];
}

function logFinding({ evidence: { log, role }, exceptions, exit }: Circumstances): string {
  if (log.totalLines === 0) {
    const mayNot = role?.find(({ action, allowed }) => action.startsWith('logs:') && !allowed);
    if (mayNot) return `No log lines, and by its own policies the execution role may not ${mayNot.action}.`;
    return 'No log lines: the program printed nothing, never started, or its log was not given.';
  }
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

function metricFinding({ evidence: { metrics, request, unseen, job } }: Circumstances): string {
  const used = usageOf(metrics, request.instanceType);
  if (used.length > 0) {
    const list = used.map((one) => describe(one, request.instanceType)).join('; ');
    return `${list}. Samples are a minute apart: a short peak can be missing.`;
  }
  if (unseen?.metrics) return `They could not be read: ${unseen.metrics}.`;
  if (job.status === 'not-created') return 'No instance metrics: the request was refused, so there is no job.';
  if (unseen) return 'CloudWatch has none of this job: it never held a machine, or ended before the first sample.';
  return 'No instance metrics; one-minute samples would miss short peaks anyway.';
}

function describe({ metric, host, highest, last, mean }: Usage, instanceType: string | undefined): string {
  const where = host === undefined ? '' : ` on ${host}`;
  const { vcpu, gpus } = hardwareOf(instanceType) ?? {};
  if (metric === 'CPUUtilization' && vcpu) return `CPU ${round(mean)} % busy on average${where} (${vcpu} vCPUs)`;
  if (metric === 'GPUUtilization' && gpus) return `GPU ${round(mean)} % busy on average${where} (${gpus} in all)`;
  return `${NAMES[metric] ?? metric}: highest ${round(highest)} %, last ${round(last)} %${where}`;
}

const NAMES: Readonly<Record<string, string>> = {
  MemoryUtilization: 'Memory',
  GPUMemoryUtilization: 'GPU memory',
  DiskUtilization: 'Disk',
};

function round(value: number): string {
  return value.toLocaleString('en-US', { maximumFractionDigits: 1 });
}
