import { readdir, readFile } from 'node:fs/promises';

/** What a tree of processes uses at one moment. */
export interface Usage {
  /** Of all its living processes since their start. */
  readonly cpuSeconds: number;
  readonly residentBytes: number;
}

interface ProcessStat {
  readonly pid: number;
  readonly parent: number;
  readonly session: number;
  readonly ticks: number;
  readonly pages: number;
}

/** Linux's clock ticks in a second and bytes in a page, as on every machine this runs on. */
const TICKS = 100;
const PAGE = 4096;

/** The processes of a session and all their descendants, read from `/proc`; empty on systems without it. */
export async function processTree(root: number): Promise<ProcessStat[]> {
  const pids = (await readdir('/proc').catch(() => [])).filter((name) => /^\d+$/.test(name));
  const all = (await Promise.all(pids.map(readStat))).filter((stat) => stat !== undefined);
  const members = new Set(all.filter(({ pid, session }) => pid === root || session === root).map(({ pid }) => pid));
  for (let before = -1; before !== members.size; ) {
    before = members.size;
    for (const { pid, parent } of all) if (members.has(parent)) members.add(pid);
  }
  return all.filter(({ pid }) => members.has(pid));
}

/** Undefined when nothing of the tree lives, or the system has no `/proc`. */
export async function usageOf(root: number): Promise<Usage | undefined> {
  const tree = await processTree(root);
  if (tree.length === 0) return undefined;
  return {
    cpuSeconds: tree.reduce((sum, { ticks }) => sum + ticks, 0) / TICKS,
    residentBytes: tree.reduce((sum, { pages }) => sum + pages, 0) * PAGE,
  };
}

async function readStat(pid: string): Promise<ProcessStat | undefined> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  // The command in parentheses may hold spaces and parentheses itself: fields are counted after the last one.
  const fields = text
    .slice(text.lastIndexOf(')') + 2)
    .split(' ')
    .map(Number);
  const [, parent, , session] = fields;
  if (parent === undefined || session === undefined) return undefined;
  return { pid: Number(pid), parent, session, ticks: (fields[11] ?? 0) + (fields[12] ?? 0), pages: fields[21] ?? 0 };
}
