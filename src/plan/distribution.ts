/**
 * The hyperparameters by which the training toolkit starts a script on several GPUs or instances, as the SageMaker Python
 * SDK 2 writes them (estimator.py `_distribution_configuration`, pytorch/estimator.py): every value is JSON.
 */
import type { Distribution } from '../inputs/distribution.ts';
import { jsonText } from '../inputs/json.ts';

export function distributionHyperparameters(
  { torchrun, mpi, smddp }: Distribution,
  instanceType: string,
): Readonly<Record<string, string>> {
  return encoded({
    ...(mpi && {
      sagemaker_mpi_enabled: true,
      ...(mpi['processes-per-host'] !== undefined && {
        sagemaker_mpi_num_of_processes_per_host: mpi['processes-per-host'],
      }),
      sagemaker_mpi_custom_mpi_options: mpi['custom-mpi-options'] ?? '',
    }),
    ...(smddp && {
      sagemaker_distributed_dataparallel_enabled: true,
      sagemaker_distributed_dataparallel_custom_mpi_options: smddp['custom-mpi-options'] ?? '',
    }),
    ...(torchrun && { sagemaker_torch_distributed_enabled: true }),
    ...((torchrun || smddp) && { sagemaker_instance_type: instanceType }),
  });
}

function encoded(values: Readonly<Record<string, boolean | number | string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, jsonText(value)]));
}
