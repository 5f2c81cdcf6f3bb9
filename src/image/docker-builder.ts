/** What this machine builds images with. */
import type { ProcessResult } from '../ports.ts';

export interface Builder {
  /** `buildx`: the plug-in; `engine`: BuildKit inside an engine before 23; `old`: the builder before BuildKit. */
  readonly kind: 'buildx' | 'engine' | 'old';
  /** Whether it can keep its cache in a registry. */
  readonly exportsCache: boolean;
}

type Run = (args: readonly string[]) => Promise<ProcessResult>;

/** Engines from 18.09 have BuildKit in them; from 23 on, the client wants buildx for it. */
const BUILDKIT_FROM = 18;
const BUILDX_FROM = 23;

/** `wantsCache`: only then it is asked whether the builder could keep one. */
export async function probeBuilder(run: Run, wantsCache: boolean): Promise<Builder> {
  const buildx = await run(['buildx', 'version']);
  if (buildx.exitCode === 0) return { kind: 'buildx', exportsCache: wantsCache && (await exportsCache(run)) };
  const { stdout } = await run(['version', '--format', '{{.Client.Version}}']);
  const major = Number.parseInt(stdout, 10);
  return { kind: major >= BUILDKIT_FROM && major < BUILDX_FROM ? 'engine' : 'old', exportsCache: false };
}

/** Every driver but `docker` can; that one only on the containerd image store (the default of Docker 29). */
async function exportsCache(run: Run): Promise<boolean> {
  const { stdout } = await run(['buildx', 'inspect']);
  const driver = /^Driver:\s*(\S+)/m.exec(stdout)?.[1];
  if (driver !== 'docker') return driver !== undefined;
  const engine = await run(['info', '--format', '{{json .DriverStatus}}']);
  return engine.stdout.includes('io.containerd.snapshotter');
}
