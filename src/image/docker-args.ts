/** Docker command lines as data. Pure. */
import type { Inputs } from '../inputs/inputs.ts';

export interface BuildPlan {
  readonly image: Inputs['image'];
  /** `<repositoryUri>:<tag>`, at least one. */
  readonly references: readonly string[];
  /** Secret id → file that holds it. */
  readonly secretFiles: Readonly<Record<string, string>>;
}

/**
 * One platform, Docker's own manifest type, no attestations: SageMaker's CreateModel refuses OCI manifests and indexes, and
 * a trained image is deployed sooner or later. Builds and pushes in one go.
 */
export function buildxArgs(plan: BuildPlan, metadataFile: string): string[] {
  return [
    'buildx',
    'build',
    '--progress=plain',
    '--provenance=false',
    '--sbom=false',
    '--output=type=image,push=true,oci-mediatypes=false',
    `--metadata-file=${metadataFile}`,
    ...common(plan),
  ];
}

/** Without buildx: the engine's own builder. Each reference is pushed afterwards. */
export function buildArgs(plan: BuildPlan): string[] {
  return ['build', ...common(plan)];
}

function common({ image, references, secretFiles }: BuildPlan): string[] {
  return [
    `--platform=${image.platform}`,
    `--file=${image.dockerfile}`,
    ...(image.target === undefined ? [] : [`--target=${image.target}`]),
    ...Object.entries(image.buildArgs).map(([name, value]) => `--build-arg=${name}=${value}`),
    ...Object.entries(secretFiles).map(([id, file]) => `--secret=id=${id},src=${file}`),
    ...references.map((reference) => `--tag=${reference}`),
    // A context named like an option must not become one.
    '--',
    image.context,
  ];
}
