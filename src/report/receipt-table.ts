import { cut } from './cut.ts';
import { count, duration, figure, times, usd } from './figures.ts';
import { code, table } from './markdown.ts';
import type { Receipt, Report, Resume } from './report.ts';

const QUOTE_LIMIT = 300;

/** What the job took and cost; while it runs, what it runs on. */
export function receiptTable({ receipt }: Report): string {
  if (receipt === undefined) return '';
  const rows = [
    [
      'Instance',
      `${receipt.instanceCount} × ${code(receipt.instanceType)}, ${receipt.spot ? 'managed spot' : 'on demand'}`,
    ],
    ...(receipt.spot ? [['Interruptions', String(receipt.interruptions)]] : []),
    ...timeRows(receipt),
    ...costRows(receipt),
  ];
  return `${table([receipt.spot ? 'Spot receipt' : 'Receipt', ''], 'll', rows)}\n\n${formula(receipt)}`.trimEnd();
}

function timeRows({ trainingSeconds, billableSeconds, savingPercent }: Receipt): string[][] {
  const parts = [
    ...(trainingSeconds === undefined ? [] : [`trained ${duration(trainingSeconds)}`]),
    ...(billableSeconds === undefined ? [] : [`billed ${duration(billableSeconds)}`]),
    ...(savingPercent === undefined ? [] : [saved(savingPercent)]),
  ];
  return parts.length === 0 ? [] : [['Time', parts.join(', ')]];
}

function costRows({ costUsd, onDemandUsd, savingPercent = 0 }: Receipt): string[][] {
  if (costUsd === undefined) return [];
  const instead = savingPercent > 0 && onDemandUsd !== undefined ? `, ${usd(onDemandUsd)} on demand` : '';
  return [['Cost (estimate)', `**${usd(costUsd)}**${instead}`]];
}

function saved(percent: number): string {
  return percent > 0 ? `**${percent.toFixed(1)} % saved**` : 'nothing saved';
}

/** The figure is not a bill: say how it was made, from which price list, and for which region. */
function formula({ billableSeconds, instanceCount, price, region, costUsd }: Receipt): string {
  if (costUsd === undefined || price === undefined || billableSeconds === undefined) {
    return billableSeconds === undefined || price !== undefined
      ? ''
      : '<sub>No public price of this instance type is known.</sub>';
  }
  const kind = price.kind === 'listed' ? 'list price' : 'price derived from EC2’s';
  const elsewhere =
    region === undefined || region === price.region ? '' : `; the job ran in ${code(region)}, whose prices may differ`;
  const product = `${figure(billableSeconds)} s ÷ 3600 × ${count(instanceCount, 'instance')} × ${figure(price.usdPerHour)} USD an hour`;
  return `<sub>Estimate: ${product} (on-demand ${kind} of ${price.region}, ${price.date}${elsewhere}).</sub>`;
}

/** The story of the interruptions: did the training go on where it was, and who says so? */
export function resumeSentence({ advice, conclusion, job, receipt, resume }: Report): string {
  const interruptions = receipt?.interruptions ?? 0;
  const quote = resume?.quote === undefined ? undefined : code(cut(resume.quote.trim(), QUOTE_LIMIT));
  if (interruptions === 0) {
    return quote === undefined ? '' : `▶️ Resumed from an earlier checkpoint; the log says ${quote}`;
  }
  const interrupted = `⚡ Interrupted ${times(interruptions)} by spot`;
  if (quote !== undefined) return `${interrupted} and resumed; the log says ${quote}`;
  // Nobody saw the end of the log: the line may still come.
  if (conclusion === 'running' || conclusion === 'pending' || conclusion === 'cancelled') return `${interrupted}.`;
  // Known for certain, the advice says it.
  if (advice?.some(({ kind }) => kind === 'from-zero')) return `${interrupted}, and started from zero.`;
  const path = code(job?.checkpointPath ?? '/opt/ml/checkpoints');
  return `${interrupted}. **No log line says that training resumed**, so it may have begun again from the start. ${stored(resume)}Let the script load the newest file in ${path} when it starts, and print that it does.`;
}

function stored(resume: Resume | undefined): string {
  return resume?.checkpointObjects === 0 ? 'No checkpoint was ever written. ' : '';
}
