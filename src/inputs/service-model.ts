/** The input of CreateTrainingJob as AWS's own service model describes it (scripts/constraints.py). */
import generated from './create-training-job.generated.json' with { type: 'json' };

export type ShapeType = 'structure' | 'list' | 'map' | 'string' | 'integer' | 'long' | 'boolean';

export interface Shape {
  readonly type: ShapeType;
  /** Of a structure: member → name of its shape. */
  readonly members?: Readonly<Record<string, string>>;
  readonly required?: readonly string[];
  /** Of a list: the name of its items' shape. */
  readonly member?: string;
  /** Of a map. */
  readonly key?: string;
  readonly value?: string;
  /** Numbers: their value; texts: their code points; lists and maps: their entries. */
  readonly min?: number;
  readonly max?: number;
  /** A Java regular expression that the whole text must match. */
  readonly pattern?: string;
  readonly enum?: readonly string[];
}

const SHAPES = generated.shapes as Readonly<Record<string, Shape>>;

/** Throws TypeError for a name that the model does not have. */
export function shapeNamed(name: string | undefined): Shape {
  const shape = name === undefined ? undefined : SHAPES[name];
  if (shape === undefined) throw new TypeError(`The service model has no shape ${name}`);
  return shape;
}

export const requestShape: Shape = shapeNamed(generated.root);

/** The shape at the end of a path: `.` into a structure, `[]` into a list, `{key}` and `{value}` into a map. */
export function shapeAt(path: string): Shape {
  const steps = path.replaceAll('[]', '.[]').replaceAll('{', '.{').split('.');
  return steps.reduce((shape, step) => shapeNamed(next(shape, step)), requestShape);
}

function next(shape: Shape, step: string): string | undefined {
  if (step === '[]') return shape.member;
  if (step === '{key}') return shape.key;
  if (step === '{value}') return shape.value;
  return shape.members?.[step];
}
