/** `distribution`: how the training toolkit of the image starts a script on several GPUs or instances. */
import { isMap, isScalar, type YAMLMap } from 'yaml';
import { constraintOf } from './constraints.ts';
import { type Parsed, quoted, valid, wrong } from './problem.ts';
import { inAList, integer, line } from './scalar.ts';
import { readYaml, spellingOf, type YamlDocument } from './yaml-document.ts';
import { type FieldReaders, field, readFields } from './yaml-fields.ts';
import { isEmpty } from './yaml-map.ts';

/** The ways that were asked for. `torchrun` and `smddp` go together; `mpi` goes alone. */
export interface Distribution {
  readonly torchrun?: Readonly<Record<never, never>>;
  readonly mpi?: { readonly 'processes-per-host'?: number; readonly 'custom-mpi-options'?: string };
  readonly smddp?: { readonly 'custom-mpi-options'?: string };
}

const WAYS = ['torchrun', 'mpi', 'smddp'] as const;
const HOW = `Write ${inAList(WAYS)}, or a map of one of them and its options.`;

/** What the Python SDK calls them. */
const PYTHON_NAMES: Readonly<Record<string, string>> = {
  torch_distributed: 'torchrun',
  pytorchddp: 'torchrun',
  smdistributed: 'smddp',
  dataparallel: 'smddp',
};

const { max: LONGEST = 0 } = constraintOf('CreateTrainingJob.HyperParameters{value}');
/** Room for the quotes that JSON puts around the text. */
const mpiOptions = field(line('the options', LONGEST - 2));
/** More processes than any training instance has CPUs. */
const MOST_PROCESSES = 1_024;

const OPTIONS: Readonly<Record<(typeof WAYS)[number], FieldReaders>> = {
  torchrun: {},
  mpi: { 'processes-per-host': field(integer(1, MOST_PROCESSES)), 'custom-mpi-options': mpiOptions },
  smddp: { 'custom-mpi-options': mpiOptions },
};

export function distribution(text: string): Parsed<Distribution> {
  const document = readYaml(text, HOW);
  if (!document.ok) return document;
  const { root } = document.value;
  if (isMap(root)) return ofMap(root, document.value);
  const way = isScalar(root) ? spellingOf(root) : undefined;
  if (way === undefined) return wrong('is no name and no map', HOW);
  const found = WAYS.find((each) => each === way);
  return found === undefined ? wrong(`is ${quoted(way)}`, meant(way)) : valid({ [found]: {} });
}

function ofMap(map: YAMLMap, document: YamlDocument): Parsed<Distribution> {
  const names = map.items.map(({ key }) => spellingOf(document.resolve(key)) ?? '');
  const python = names.find((name) => Object.hasOwn(PYTHON_NAMES, name));
  if (python !== undefined) return wrong(`holds ${quoted(python)}`, meant(python));
  const ways = Object.fromEntries(WAYS.map((way) => [way, options(way)]));
  const read = readFields(map, ways, document);
  if (!read.ok) return read;
  if (names.length === 0) return wrong('is empty', HOW);
  if (names.includes('mpi') && names.length > 1)
    return wrong(
      `asks for ${inAList(names).replace(' or ', ' and ')} together`,
      'mpi starts all processes itself: keep one.',
    );
  return valid(read.value as Distribution);
}

function options(way: (typeof WAYS)[number]): FieldReaders[string] {
  return (node, document) => {
    const switched = isScalar(node) ? node.value : undefined;
    if (isEmpty(node) || switched === true) return valid({});
    if (isMap(node)) return readFields(node, OPTIONS[way], document);
    return wrong('is no map of options', 'Leave its value empty, or write its options as a map.');
  };
}

function meant(way: string): string {
  const name = PYTHON_NAMES[way] ?? { ddp: 'torchrun', horovod: 'mpi' }[way.toLowerCase()];
  return name === undefined ? HOW : `Did you mean ${name}? ${HOW}`;
}
