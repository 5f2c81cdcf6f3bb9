import { describe, expect, it } from '@jest/globals';
import { distributionHyperparameters } from '../../../src/plan/distribution.ts';
import { accept, refuse } from './environment.ts';

const GPU = { 'instance-type': 'ml.p4d.24xlarge' };

describe('distribution', () => {
  it.each([
    ['torchrun', { torchrun: {} }],
    ['torchrun:', { torchrun: {} }],
    [
      '{ torchrun: true, smddp: { custom-mpi-options: -x A } }',
      { torchrun: {}, smddp: { 'custom-mpi-options': '-x A' } },
    ],
    ['mpi', { mpi: {} }],
    ['mpi:\n  processes-per-host: 8', { mpi: { 'processes-per-host': 8 } }],
    ['smddp', { smddp: {} }],
  ])('%j', (text, distribution) => {
    expect(accept({ ...GPU, distribution: text }).compute.distribution).toEqual(distribution);
  });

  it.each([
    ['ddp', 'is "ddp"', 'Did you mean torchrun?'],
    ['torch_distributed: {enabled: true}', 'holds "torch_distributed"', 'Did you mean torchrun?'],
    ['smdistributed: {dataparallel: {enabled: true}}', 'holds "smdistributed"', 'Did you mean smddp?'],
    ['[mpi]', 'is no name and no map', 'Write torchrun, mpi or smddp'],
    ['{}', 'is empty', 'Write torchrun'],
    ['torchrn:', '"torchrn" is none of the names here', 'Did you mean torchrun?'],
    ['mpi: { processes_per_host: 8 }', 'mpi "processes_per_host" is none', 'Did you mean processes-per-host?'],
    ['mpi: { processes-per-host: 0 }', 'mpi processes-per-host is "0"', 'whole number'],
    ['mpi: { processes-per-host: many }', 'mpi processes-per-host is "many"', 'whole number'],
    ['torchrun: { nproc: 4 }', 'torchrun "nproc" is no option', 'Remove it.'],
    ['torchrun: false', 'torchrun is no map of options', 'Leave its value empty'],
    ['mpi:\nsmddp:', 'asks for mpi and smddp together', 'keep one'],
  ])('%j is refused: %s', (text, message, remedy) => {
    expect(refuse({ ...GPU, distribution: text })).toMatchObject([
      { input: 'distribution', message: expect.stringContaining(message), remedy: expect.stringContaining(remedy) },
    ]);
  });

  it.each([
    ['smddp', 'ml.g5.12xlarge'],
    ['smddp', 'ml.p5.48xlarge'],
    ['{ torchrun: , smddp: }', 'ml.p5e.48xlarge'],
  ])('%s is refused on %s, for which the library is not built', (distribution, type) => {
    expect(refuse({ distribution, 'instance-type': type })).toMatchObject([
      { input: 'distribution', message: expect.stringContaining(type) },
    ]);
  });

  it.each(['ml.p3.16xlarge', 'ml.p4de.24xlarge'])('smddp is taken on %s', (type) => {
    expect(accept({ distribution: 'smddp', 'instance-type': type }).compute.distribution).toEqual({ smddp: {} });
  });
});

describe('its hyperparameters', () => {
  it.each([
    [{ torchrun: {} }, { sagemaker_torch_distributed_enabled: 'true', sagemaker_instance_type: '"ml.x"' }],
    [{ mpi: {} }, { sagemaker_mpi_enabled: 'true', sagemaker_mpi_custom_mpi_options: '""' }],
    [
      { mpi: { 'processes-per-host': 8, 'custom-mpi-options': '-x FOO="é"' } },
      {
        sagemaker_mpi_enabled: 'true',
        sagemaker_mpi_num_of_processes_per_host: '8',
        sagemaker_mpi_custom_mpi_options: '"-x FOO=\\"\\u00e9\\""',
      },
    ],
    [
      { smddp: { 'custom-mpi-options': '-x A' } },
      {
        sagemaker_distributed_dataparallel_enabled: 'true',
        sagemaker_instance_type: '"ml.x"',
        sagemaker_distributed_dataparallel_custom_mpi_options: '"-x A"',
      },
    ],
  ])('%j', (distribution, hyperparameters) => {
    expect(distributionHyperparameters(distribution, 'ml.x')).toEqual(hyperparameters);
  });
});
