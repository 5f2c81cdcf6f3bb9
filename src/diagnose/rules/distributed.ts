/** Code errors: launching on several processes and nodes. */
import { type Rule, says } from '../rule.ts';

export const DISTRIBUTED_RULES: readonly Rule[] = [
  {
    label: 'distributed-launch-misconfig',
    title: 'Launcher, rank or world size are set up wrong',
    retryable: false,
    signs: [
      says(
        0.95,
        /environment variable \S+ expected, but not set|Duplicate GPU detected|There are not enough slots available|only supported with GPUs, no GPUs found|KeyError: '(?:RANK|WORLD_SIZE|LOCAL_RANK|MASTER_ADDR|MASTER_PORT|LOCAL_WORLD_SIZE|OMPI_COMM_WORLD_\w+)'|unrecognized arguments:.{0,200}--local[_-]rank/,
      ),
      says(
        0.9,
        /invalid device ordinal|cudaErrorInvalidDevice|Default process group has not been initialized|process group has not been initialized|Address already in use|EADDRINUSE|Unsupported nproc_per_node|(?:[Ee]xpected )?rank .{0,40}(?:less than|smaller than|out of range|>= ?world)|invalid (?:global )?rank|world.?size.{0,60}(?:mismatch|does not match|must (?:be|equal)|should be|not (?:equal|divisible)|invalid|expected)|ORTE was unable to (?:reliably )?(?:start|launch)|mpirun was unable to (?:launch|find)|tensor_parallel.{0,60}(?:divid|must)|pipeline_parallel.{0,60}(?:divid|must)|num_processes.{0,60}(?:must|invalid|greater)|no available GPUs? .{0,40}rank/i,
        { unless: /OSError: .*\/metrics|MLflow/ },
      ),
      says(0.93, /ZeroDivisionError/, {
        in: ['exception'],
        frames: /device_count|world_size|num_gpus|n_gpu|nproc|SM_NUM_GPUS|local_rank/,
      }),
      says(
        0.85,
        /trying to initialize the default process group twice|torch\.distributed is not (?:available|initialized)|Distributed package doesn't have NCCL|Horovod (?:has not been|is not) initialized|smdistributed.{0,80}(?:not (?:supported|initialized|available))|No rendezvous handler for|host(?:name)? .{0,40}not (?:found )?in SM_HOSTS/i,
      ),
    ],
    remedy: ({ request }) => [
      `One process for each GPU: nproc_per_node is SM_NUM_GPUS${request.instanceType ? ` of ${request.instanceType}` : ''} (0 on CPU instances: use the gloo backend), nnodes is the number of SM_HOSTS, node_rank the place of SM_CURRENT_HOST among them.`,
      'Start the script with torchrun (input `distribution`), which sets RANK, LOCAL_RANK, WORLD_SIZE, MASTER_ADDR and MASTER_PORT; read the rank from the environment, not from --local_rank.',
    ],
  },
];
