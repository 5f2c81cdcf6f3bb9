/** Docker command lines as data. Pure. */
import type { Inputs } from '../inputs/inputs.ts';

export interface BuildPlan {
  readonly image: Inputs['image'];
  /** `<repositoryUri>:<tag>`: the one name it is pushed under. */
  readonly reference: string;
  /** Secret id → file that holds it. */
  readonly secretFiles: Readonly<Record<string, string>>;
  /** Ask the registries for the bases, whatever this machine holds under their names. */
  readonly pull: boolean;
  /** Where the build cache is kept; `undefined` = nowhere. */
  readonly cacheReference: string | undefined;
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
    ...cacheArgs(plan.cacheReference),
    ...common(plan),
  ];
}

/** Without buildx: the engine's own builder, which leaves the image's id in a file. The reference is pushed afterwards. */
export function buildArgs(plan: BuildPlan, idFile: string): string[] {
  return ['build', `--iidfile=${idFile}`, ...common(plan)];
}

/** ECR takes a cache only as an image manifest (BuildKit 0.12). A cache that cannot be written fails no build. */
function cacheArgs(reference: string | undefined): string[] {
  if (reference === undefined) return [];
  return [
    `--cache-from=type=registry,ref=${reference}`,
    `--cache-to=type=registry,ref=${reference},mode=max,image-manifest=true,oci-mediatypes=true,ignore-error=true`,
  ];
}

function common({ image, reference, secretFiles, pull }: BuildPlan): string[] {
  return [
    `--platform=${image.platform}`,
    ...(pull ? ['--pull'] : []),
    `--file=${image.dockerfile}`,
    ...(image.target === undefined ? [] : [`--target=${image.target}`]),
    ...Object.entries(image.buildArgs).map(([name, value]) => `--build-arg=${name}=${value}`),
    ...Object.entries(secretFiles).map(([id, file]) => `--secret=id=${id},src=${file}`),
    `--tag=${reference}`,
    // A context named like an option must not become one.
    '--',
    image.context,
  ];
}
