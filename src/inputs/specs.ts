/** All inputs of the action, in the order of action.yml. */
import type { InputSpec, ValueOf } from './spec.ts';
import { aws } from './specs/aws.ts';
import { compute } from './specs/compute.ts';
import { data } from './specs/data.ts';
import { general } from './specs/general.ts';
import { image } from './specs/image.ts';
import { judge } from './specs/judge.ts';
import { network } from './specs/network.ts';
import { rest } from './specs/rest.ts';
import { report, running } from './specs/running.ts';
import { script } from './specs/script.ts';

export const specs = {
  ...general,
  ...aws,
  ...image,
  ...script,
  ...compute,
  ...data,
  ...network,
  ...rest,
  ...judge,
  ...running,
  ...report,
};

export type InputName = keyof typeof specs;

/** Every input as it was read. */
export type Values = { readonly [Name in InputName]: ValueOf<(typeof specs)[Name]> };

/** The same table for those who walk it. */
export const specList: readonly (readonly [InputName, InputSpec<unknown>])[] = Object.entries(specs) as [
  InputName,
  InputSpec<unknown>,
][];
