import { instanceType } from '../sagemaker/instance-types.ts';
import type { Context } from './context.ts';
import { memoryOf } from './machine.ts';
import type { ContainerNode } from './node.ts';
import type { Host } from './request.ts';
import { type Usage, usageOf } from './usage.ts';

/** CloudWatch gets one value a minute; the first come sooner, so that a short job has some. */
const FIRST_SECONDS = 1;
const MINUTE = 60;

/** Seconds of ours between two samples at least: a quicker look would only measure itself. */
const LEAST_REAL_SECONDS = 0.25;

/** Publishes CPUUtilization (0 … 100 × vCPU) and MemoryUtilization (of the instance's memory) until the signal. */
export async function sampleUsage(context: Context, host: Host, node: ContainerNode, over: AbortSignal): Promise<void> {
  const { clock } = context.cloud;
  let wait = FIRST_SECONDS;
  let before: { readonly usage: Usage; readonly at: number } | undefined;
  while (!over.aborted) {
    const pid = await node.pid();
    const usage = pid === undefined ? undefined : await usageOf(pid);
    const at = performance.now();
    if (usage) publish(context, host, usage, before && cpuPercent(before.usage, usage, (at - before.at) / 1000));
    before = usage && { usage, at };
    await clock.sleep(Math.max(wait, LEAST_REAL_SECONDS * clock.scale), over);
    wait = Math.min(wait * 2, MINUTE);
  }
}

function cpuPercent(before: Usage, now: Usage, realSeconds: number): number {
  return (Math.max(now.cpuSeconds - before.cpuSeconds, 0) / realSeconds) * 100;
}

function publish({ metrics, cloud, plan }: Context, host: Host, usage: Usage, cpu: number | undefined): void {
  const { vcpu } = instanceType(host.instanceType);
  const at = cloud.clock.now();
  const memory = Math.min((usage.residentBytes / memoryOf(plan, host)) * 100, 100);
  metrics.recordHost(host.name, 'MemoryUtilization', memory, at);
  if (cpu !== undefined) metrics.recordHost(host.name, 'CPUUtilization', Math.min(cpu, 100 * vcpu), at);
}
