/** Whether the bases fit on the disk of the builder. Pure. */
import { size } from './context-findings.ts';
import type { Finding } from './finding.ts';

/** Layers are kept compressed while they arrive, and unpack to about twice their size; the image's own layers come on top. */
const TIMES_COMPRESSED = 3;

/** `compressedBytes`: of all bases together, as far as it is known. */
export function diskFindings(compressedBytes: number, freeBytes: number | undefined): readonly Finding[] {
  const needed = compressedBytes * TIMES_COMPRESSED;
  if (freeBytes === undefined || needed <= freeBytes) return [];
  const message = `The base image is ${size(compressedBytes)} compressed and needs about ${size(needed)} unpacked, but the runner has ${size(freeBytes)} free: remove what is not needed before this step, or use a runner with more disk.`;
  return [{ message, line: undefined }];
}

/** Bytes of the layers and the configuration that a manifest names; 0 for an index, which names neither. */
export function compressedSize(manifest: string): number {
  try {
    const { layers, config } = JSON.parse(manifest) as { layers?: { size?: number }[]; config?: { size?: number } };
    return (layers ?? []).reduce((sum, layer) => sum + (layer.size ?? 0), config?.size ?? 0);
  } catch {
    return 0;
  }
}
