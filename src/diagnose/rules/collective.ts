/** Resources: processes that must talk to each other. */
import { type Rule, says } from '../rule.ts';

export const COLLECTIVE_RULES: readonly Rule[] = [
  {
    label: 'nccl-error',
    title: 'Communication between GPUs or nodes failed',
    retryable: true,
    consequence: true,
    signs: [
      says(
        0.93,
        /NCCL error|ncclUnhandledCudaError|ncclSystemError|ncclInternalError|ncclRemoteError|ncclInvalidUsage|unhandled (?:system|cuda) error, NCCL version/,
        { unless: /Duplicate GPU/ },
      ),
      says(
        0.93,
        /Watchdog caught collective operation timeout|watchdog thread terminated with exception|WorkNCCL\(.*ran for \d+ ?(?:ms|milliseconds)|NCCL communicator was aborted|NCCL watchdog|collective operation timeout/i,
      ),
      says(
        0.9,
        /Horovod has been shut down|HorovodInternalError|ORTE has lost communication|mpirun (?:has )?lost communication|NET\/OFI.*(?:fail|error|unable)|\bEFA\b.*(?:error|failed|unable|not found)|libfabric.*(?:error|failed)|smddp.*(?:timeout|error|abort)|UCX\s+ERROR/i,
      ),
      says(
        0.88,
        /\[[^\]]{0,60}gloo[^\]]{0,200}\].{0,200}(?:Connection closed|reset|timeout|Timed out)|Connection closed by peer \[|Application timeout caused pair closure|gloo.*(?:Connection reset|EnforceNotMet)/i,
      ),
      says(0.8, /\bNCCL WARN\b/, { evenInWarnings: true }),
    ],
    remedy: ({ request }) => [
      'Set the environment variables NCCL_DEBUG=INFO and TORCH_DISTRIBUTED_DEBUG=DETAIL: the rank that stands still, or died first, shows in its own log stream.',
      'A collective that times out on all ranks but one: that rank does more work (evaluation, download, saving); let all wait, or raise the timeout of init_process_group.',
      ...(request.inVpc ? ['Security group of the job: allow all traffic in both directions from itself.'] : []),
    ],
  },
  {
    label: 'distributed-init-timeout',
    title: 'The process group never formed: not all nodes or ranks joined in time',
    retryable: true,
    consequence: true,
    signs: [
      says(
        0.96,
        /Timed out initializing process group|Gloo connectFullMesh failed|gloo\/transport\/.*Connect timeout|store.based.barrier|waiting for clients\. \d+\/\d+ clients joined|Rendezvous(?:Timeout|Connection|Closed)?Error|rendezvous.*(?:timed? ?out|failed|could not)/i,
        { unless: /INFO|EADDRINUSE|address already in use/ },
      ),
      says(
        0.93,
        /client socket has (?:timed out|failed to connect)|TCPStore.*(?:timed? ?out|failed to connect)|wait timeout after \d+ms, keys|DistStoreError/i,
      ),
      says(
        0.88,
        /(?:Timed? ?out|Timeout) (?:while )?waiting for (?:algo-\d+|all (?:hosts|workers|nodes|ranks)|workers|peers|master)|Could not (?:reach|connect to) algo-\d+|ssh: connect to host algo-\d+|Connection to (?:algo-\d+|scheduler) (?:refused|timed out)|not all (?:hosts|workers|nodes) (?:joined|are up|were reachable)|waiting for (?:all )?hosts? .*(?:timed? ?out)/i,
      ),
      says(
        0.78,
        /Horovod.*(?:timed out|timeout).*(?:start|init|launch)|Unable to (?:resolve|reach) (?:host )?algo-\d+/i,
      ),
    ],
    remedy: ({ request }) => [
      `Check that every node starts the same number of processes, and that nnodes is the instance count${request.instanceCount ? ` (${request.instanceCount})` : ''}; MASTER_ADDR is the first of SM_HOSTS.`,
      'In a VPC the security group must allow all traffic from itself between the nodes.',
      'Read the logs of every node: one that died before it joined makes the others wait.',
    ],
  },
];
