import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { COMPLETES } from './jobs.ts';
import { Stage } from './stage.ts';

// The image holds no system: script mode is for machines without Docker here, whether or not this one has it.
process.env.DOCKER_HOST = 'unix:///no/docker/here';

const TAG = '2.8.0-cpu-py312-ubuntu22.04-sagemaker';
const CONTAINER = {
  ecr: { repositories: [{ account: '763104351884', name: 'pytorch-training', images: [{ tag: TAG }] }] },
};

/** Every node adds up its share; the sums meet at the first node, as torch.distributed's would. */
const PROGRAM = `
import argparse, json, os, socket, time
from shares import share

parser = argparse.ArgumentParser()
parser.add_argument("--scale", type=float)
parser.add_argument("--name")
options = parser.parse_args()
config = json.load(open(os.environ["SM_INPUT_CONFIG_DIR"] + "/resourceconfig.json"))
rank, size = int(os.environ["RANK"]), int(os.environ["WORLD_SIZE"])
print(f"rank {rank} of {size} on {config['current_host']} of {config['hosts']}, {options.name!r}", flush=True)
place = (os.environ["MASTER_ADDR"], int(os.environ["MASTER_PORT"]))
mine = share(rank, size)
if rank == 0:
    with socket.create_server(place) as server:
        server.settimeout(60)
        peer, _ = server.accept()
        total = mine + int(peer.recv(64))
        peer.sendall(str(total).encode())
else:
    for attempt in range(600):
        try:
            peer = socket.create_connection(place, timeout=60)
            break
        except ConnectionRefusedError:
            time.sleep(0.1)
    peer.sendall(str(mine).encode())
    total = int(peer.recv(64))
print(f"rank {rank} share={mine} total={total}", flush=True)
if rank == 0: print(f"val_mape={options.scale * total}", flush=True)
`;
const SHARES = 'def share(rank, size):\n    return sum(range(rank, 10, size))\n';

function writeProgram({ checkout }: Stage): void {
  const directory = join(checkout.directory, 'training');
  mkdirSync(directory);
  writeFileSync(join(directory, 'train.py'), PROGRAM);
  writeFileSync(join(directory, 'shares.py'), SHARES);
  writeFileSync(join(directory, '.env'), 'TOKEN=abc\n');
}

const SCRIPT_MODE = {
  image: `dlc:pytorch-training:${TAG}`,
  'source-dir': 'training',
  'entry-point': 'train.py',
};

test('two nodes train one script from S3 in a Deep Learning Container, started by torchrun', async () => {
  await using stage = await Stage.open({
    name: 'script-mode-torchrun',
    jobs: [{ real: true }],
    script: CONTAINER,
    timeScale: 20,
  });
  writeProgram(stage);
  const { main } = await stage.run({
    inputs: {
      ...SCRIPT_MODE,
      distribution: 'torchrun',
      'instance-count': '2',
      hyperparameters: 'scale: 0.001\nname: "007"',
    },
  });

  expect({ exit: main.exitCode, log: main.log }).toMatchObject({ exit: 0 });
  expect(main.log).toContain("│ algo-1 │ rank 0 of 2 on algo-1 of ['algo-1', 'algo-2'], '007'\n");
  expect(main.log).toContain("│ algo-2 │ rank 1 of 2 on algo-2 of ['algo-1', 'algo-2'], '007'\n");
  expect(main.log).toContain('│ algo-1 │ rank 0 share=20 total=45\n');
  expect(main.log).toContain('│ algo-2 │ rank 1 share=25 total=45\n');
  expect(main.outputs).toMatchObject({ conclusion: 'success', 'image-source': 'given' });
  expect(main.outputs['image-uri']).toMatch(
    /^763104351884\.dkr\.ecr\.us-east-1\.amazonaws\.com\/pytorch-training@sha256:[0-9a-f]{64}$/,
  );
  const [create] = await stage.created();
  const name = main.outputs['job-name'];
  expect(create?.request).toMatchObject({
    HyperParameters: {
      scale: '0.001',
      name: '"007"',
      sagemaker_program: '"train.py"',
      sagemaker_submit_directory: expect.stringMatching(/^"s3:\/\/acme-ml\/train\/source\/[0-9a-f]{64}\.tar\.gz"$/),
      sagemaker_container_log_level: '20',
      sagemaker_job_name: `"${name}"`,
      sagemaker_region: '"us-east-1"',
      sagemaker_torch_distributed_enabled: 'true',
      sagemaker_instance_type: '"ml.m5.xlarge"',
    },
  });
  const [comment = ''] = await stage.comments();
  expect(comment).toContain('2 × `ml.m5.xlarge`, managed spot');
  expect(comment).toContain('val_mape');
});

test('a program that has not changed is not sent again, and one that has is another training', async () => {
  await using stage = await Stage.open({
    name: 'script-mode-unchanged',
    jobs: [COMPLETES, COMPLETES, COMPLETES],
    script: CONTAINER,
  });
  writeProgram(stage);
  const run = (hyperparameters: string) => stage.main({ inputs: { ...SCRIPT_MODE, hyperparameters } });
  const first = await run('epochs: 1');
  const second = await run('epochs: 2');
  writeFileSync(join(stage.checkout.directory, 'training/shares.py'), `${SHARES}# changed\n`);
  const third = await run('epochs: 2');

  expect([first, second, third].map(({ exitCode }) => exitCode)).toEqual([0, 0, 0]);
  expect(first.log).toMatch(/^Source uploaded to s3:\/\/acme-ml\/train\/source\/[0-9a-f]{64}\.tar\.gz$/m);
  expect(second.log).toContain('Source unchanged, already at s3://acme-ml/train/source/');
  const { s3 } = stage.local.cloud;
  expect(s3.list('acme-ml', 'train/source/')).toHaveLength(2);
  const puts = (await stage.calls('PutObject')).filter(({ request }) => JSON.stringify(request).includes('/source/'));
  expect(puts).toHaveLength(2);
  expect(new Set([first, second, third].map(({ outputs }) => outputs['job-name'])).size).toBe(3);
});

test('a script that is not there is told with the other mistakes, before anything is asked of AWS or GitHub', async () => {
  await using stage = await Stage.open({ name: 'script-mode-missing' });
  const main = await stage.main({ inputs: { 'source-dir': 'training', 'entry-point': 'train.py', 'max-run': '1' } });

  expect(await stage.seen(main)).toEqual({ exit: 1, conclusion: 'failure', statuses: [] });
  expect(main.log).toContain('There are 2 mistakes in the inputs:');
  expect(main.log).toContain('source-dir is "training", which is not in the checkout');
  expect(await stage.ledger()).toEqual([]);
});
