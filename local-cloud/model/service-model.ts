import { readFileSync } from 'node:fs';

/** A member or element of a shape. */
export interface Reference {
  readonly shape: string;
  readonly locationName?: string;
  readonly timestampFormat?: string;
}

/** A shape of a service model, in botocore's words. */
export interface Shape {
  readonly type: string;
  readonly required?: readonly string[];
  readonly members?: Readonly<Record<string, Reference>>;
  readonly member?: Reference;
  readonly key?: Reference;
  readonly value?: Reference;
  readonly min?: number;
  readonly max?: number;
  readonly pattern?: string;
  readonly enum?: readonly string[];
  readonly flattened?: boolean;
  readonly union?: boolean;
}

/** How an operation is paged: the names of its tokens and of its list (or lists). */
export interface Pages {
  readonly in: string;
  readonly out: string;
  readonly items: string | readonly string[];
}

export interface OperationModel {
  readonly input?: string;
  readonly output?: string;
  readonly resultWrapper?: string;
  /** Called without a signature. */
  readonly anonymous?: boolean;
  readonly errors: readonly string[];
  readonly pages?: Pages;
}

export interface ServiceModel {
  /** Where it was taken from, with its version. */
  readonly source: string;
  readonly apiVersion: string;
  readonly protocols: readonly string[];
  readonly jsonVersion?: string;
  readonly targetPrefix?: string;
  /** The service's name in a signature's scope, where it is not the model's own. */
  readonly signingName?: string;
  readonly xmlNamespace?: string;
  readonly operations: Readonly<Record<string, OperationModel>>;
  readonly shapes: Readonly<Record<string, Shape>>;
}

const MODELLED = ['sagemaker', 'ecr', 'logs', 'cloudwatch', 'servicequotas', 'sts', 'iam'] as const;

export type ModelledService = (typeof MODELLED)[number];
export type ServiceModels = Readonly<Record<ModelledService, ServiceModel>>;

/** Reads AWS's models of the services that have one here (S3 and GitHub have none). */
export function loadModels(): ServiceModels {
  const read = (name: string): ServiceModel =>
    JSON.parse(readFileSync(new URL(`../models/${name}.generated.json`, import.meta.url), 'utf8'));
  return {
    sagemaker: read('sagemaker'),
    ecr: read('ecr'),
    logs: read('logs'),
    cloudwatch: read('cloudwatch'),
    servicequotas: read('servicequotas'),
    sts: read('sts'),
    iam: read('iam'),
  };
}

export function isModelled(service: string): service is ModelledService {
  return (MODELLED as readonly string[]).includes(service);
}

/** The shape of that name; a model that lacks it is broken. */
export function shapeOf(model: ServiceModel, name: string): Shape {
  const shape = model.shapes[name];
  if (!shape) throw new Error(`The model (${model.source}) has no shape ${name}`);
  return shape;
}
