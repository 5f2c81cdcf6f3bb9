import { StopTrainingJobCommand } from '@aws-sdk/client-sagemaker';
import { afterEach, describe, expect, it } from '@jest/globals';
import { metricStore, TRAINING_NAMESPACE } from '../../../local-cloud/cloudwatch/store.ts';
import { until } from './harness.ts';
import { BUCKET, pushProgram, startWorld, type World } from './training-world.ts';

// These images hold a program and no system: they are for machines without Docker, whether or not this one has it.
process.env.DOCKER_HOST = 'unix:///no/docker/here';

let world: World;
afterEach(() => world.close());

const CHECKPOINTS = { S3Uri: `s3://${BUCKET}/checkpoints/job/` };
const TRAIN = [
  {
    ChannelName: 'train',
    DataSource: { S3DataSource: { S3DataType: 'S3Prefix' as const, S3Uri: `s3://${BUCKET}/data/train/` } },
  },
];

/** Counts to five, a checkpoint each, and resumes; finds its directories as the environment allows. */
const COUNTER = `
import json, os, time
where = os.environ.get("SM_CHECKPOINT_DIR", "/opt/ml/checkpoints")
state = os.path.join(where, "state.json")
done = json.load(open(state))["done"] if os.path.exists(state) else 0
if done: print("resumed from", done)
for step in range(done + 1, 6):
    print(f"step={step} loss={1 / step}")
    with open(state + ".tmp.sagemaker-ignore", "w") as file: json.dump({"done": step}, file)
    os.replace(file.name, state)
    time.sleep(0.3)
open(os.path.join(os.environ["SM_MODEL_DIR"], "model.txt"), "w").write("five")
`;

async function run(
  files: Readonly<Record<string, string>>,
  over: Parameters<World['create']>[1] = {},
): ReturnType<World['end']> {
  const image = await pushProgram(world, 'program', files);
  const { AlgorithmSpecification, ...rest } = over;
  await world.create('job', {
    AlgorithmSpecification: { TrainingInputMode: 'File', ...AlgorithmSpecification, TrainingImage: image },
    ...rest,
  });
  return world.end('job');
}

const jobs = async () => (await (await fetch(`${world.local.url}/_local/jobs`)).json()) as { localMode: string }[];

describe('a real training', () => {
  it('is killed by an interruption and resumes from its checkpoint in S3', async () => {
    world = await startWorld(
      { jobs: [{ real: true, interruptions: [{ checkpoint: 'state.json', downSeconds: 1 }] }] },
      20,
    );
    const job = await run(
      { 'train.py': COUNTER },
      {
        CheckpointConfig: CHECKPOINTS,
        AlgorithmSpecification: {
          TrainingInputMode: 'File',
          MetricDefinitions: [{ Name: 'loss', Regex: 'loss=([0-9.]+)' }],
        },
      },
    );
    expect(job).toMatchObject({
      TrainingJobStatus: 'Completed',
      FinalMetricDataList: [{ MetricName: 'loss', Value: 0.20000000298023224 }],
    });
    expect(job.SecondaryStatusTransitions?.map(({ Status }) => Status)).toContain('Interrupted');
    const [first = [], second = []] = await world.messages('job');
    expect(first[0]).toMatch(/^step=1 /);
    expect(first.join()).not.toContain('step=5');
    expect(second[0]).toMatch(/^resumed from [1-4]$/);
    expect(second.join()).toContain('step=5');
    expect(JSON.parse(world.local.cloud.s3.get(BUCKET, 'checkpoints/job/state.json')?.toString() ?? '')).toEqual({
      done: 5,
    });
    expect(world.local.cloud.s3.list(BUCKET, 'checkpoints/').map(({ key }) => key)).toEqual([
      'checkpoints/job/state.json',
    ]);
    expect(world.local.cloud.s3.head(BUCKET, 'output/job/output/model.tar.gz')).toBeDefined();
    expect((await jobs())[0]?.localMode).toMatch(/^(docker|process|process-sm-paths)$/);
  });

  it('gets data, hyperparameters and configuration as the toolkit hands them on', async () => {
    world = await startWorld({}, 20);
    const program = `
import json, os, sys
config = os.environ["SM_INPUT_CONFIG_DIR"]
print(json.dumps({"args": sys.argv[1:], "hps": json.loads(os.environ["SM_HPS"]), "files": os.listdir(os.environ["SM_CHANNEL_TRAIN"]),
  "resources": json.load(open(config + "/resourceconfig.json")), "channels": json.load(open(config + "/inputdataconfig.json")),
  "raw": json.load(open(config + "/hyperparameters.json")), "job": os.environ["TRAINING_JOB_NAME"], "own": os.environ["OWN"],
  "keys": [name for name in os.environ if name.startswith("AWS_ACCESS")]}))
`;
    await run(
      { 'train.py': program },
      {
        InputDataConfig: TRAIN,
        HyperParameters: { lr: '1e-1', name: '"adam"', b: 'true', sagemaker_program: '"train.py"' },
        Environment: { OWN: 'yes' },
      },
    );
    const [[line = '', last = ''] = []] = await world.messages('job');
    expect(JSON.parse(line)).toEqual({
      args: ['-b', 'True', '--lr', '0.1', '--name', 'adam'],
      hps: { b: true, lr: 0.1, name: 'adam' },
      raw: { lr: '1e-1', name: '"adam"', b: 'true', sagemaker_program: '"train.py"' },
      files: ['a.csv'],
      resources: {
        current_host: 'algo-1',
        current_instance_type: 'ml.m5.large',
        current_group_name: 'homogeneousCluster',
        hosts: ['algo-1'],
        instance_groups: [
          { instance_group_name: 'homogeneousCluster', instance_type: 'ml.m5.large', hosts: ['algo-1'] },
        ],
        network_interface_name: 'eth0',
      },
      channels: {
        train: { TrainingInputMode: 'File', S3DistributionType: 'FullyReplicated', RecordWrapperType: 'None' },
      },
      job: 'job',
      own: 'yes',
      keys: [],
    });
    expect(last).toMatch(/ sagemaker-training-toolkit INFO {5}Reporting training SUCCESS$/);
  });

  it.each([
    [
      'its traceback',
      'raise ValueError("no data")',
      /^AlgorithmError: ExecuteUserScriptError:\nExitCode 1\nErrorMessage "Traceback \(most recent call last\):[\s\S]*ValueError: no data"\nCommand "\S*python\S* train\.py --epochs 2", exit code: 1$/,
    ],
    [
      'its failure file',
      'import os, sys\nopen(os.environ["SM_OUTPUT_DIR"] + "/failure", "w").write("x" * 2000)\nsys.exit(3)',
      /^AlgorithmError: x+, exit code: 1$/,
    ],
    [
      'a kill',
      'import os, signal\nos.kill(os.getpid(), signal.SIGKILL)',
      /ExitCode 137\n[\s\S]*ExtraInfo "OutOfMemory: Process killed by SIGKILL \(signal 9\)"/,
    ],
  ])('that fails says why: %s', async (_title, program, reason) => {
    world = await startWorld({}, 20);
    const job = await run({ 'train.py': program }, { HyperParameters: { epochs: '2' } });
    expect(job).toMatchObject({ TrainingJobStatus: 'Failed', FailureReason: expect.stringMatching(reason) });
    expect(job.FailureReason?.length).toBeLessThanOrEqual(1024);
    expect((await world.messages('job')).flat().join('\n')).toContain('Reporting training FAILURE');
  });

  it('of an image with its own entrypoint reports the bare exit code', async () => {
    world = await startWorld({}, 20);
    const config = { Env: ['SAGEMAKER_PROGRAM=train.py'], Entrypoint: ['python3', '/opt/ml/code/train.py'] };
    const image = await pushProgram(world, 'own', { 'train.py': 'import sys\nsys.exit(7)' }, config);
    await world.create('job', { AlgorithmSpecification: { TrainingImage: image, TrainingInputMode: 'File' } });
    await expect(world.end('job')).resolves.toMatchObject({ FailureReason: 'AlgorithmError: , exit code: 7' });
  });

  it('of an image with nothing to run fails before any log', async () => {
    world = await startWorld({}, 20);
    await world.create('job');
    await expect(world.end('job')).resolves.toMatchObject({
      TrainingJobStatus: 'Failed',
      FailureReason: expect.stringContaining('exec: "train": executable file not found in $PATH'),
    });
    await expect(world.messages('job')).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });

  it('hears SIGTERM when it is stopped, and keeps what it saved then', async () => {
    world = await startWorld({}, 20);
    const program = `
import os, signal, sys, time
def end(*_):
    open(os.environ["SM_MODEL_DIR"] + "/saved", "w").write("yes")
    print("heard")
    sys.exit(0)
signal.signal(signal.SIGTERM, end)
print("ready")
time.sleep(600)
`;
    const ended = run({ 'train.py': program });
    const streams = () => world.messages('job').catch(() => []);
    for (let seen = await streams(); !seen.flat().includes('ready'); ) seen = await streams();
    await world.sagemaker.send(new StopTrainingJobCommand({ TrainingJobName: 'job' }));
    const job = await ended;
    expect(job).toMatchObject({ TrainingJobStatus: 'Stopped', SecondaryStatus: 'Stopped' });
    expect(job.SecondaryStatusTransitions?.map(({ Status }) => Status)).toEqual([
      'Starting',
      'Downloading',
      'Training',
      'Stopping',
      'Uploading',
      'Stopped',
    ]);
    expect((await world.messages('job')).flat()).toContain('heard');
    expect(world.local.cloud.s3.head(BUCKET, 'output/job/output/model.tar.gz')).toBeDefined();
  });

  it('deletes in S3 what the program deletes, and leaves its own marks out', async () => {
    world = await startWorld({}, 20);
    const program = `
import os, time
where = os.environ.get("SM_CHECKPOINT_DIR", "/opt/ml/checkpoints")
os.makedirs(where + "/deep")
for name in ("old", "deep/kept", "skipped.sagemaker-ignore"): open(where + "/" + name, "w").write(name)
while not os.path.exists(where + "/old.sagemaker-uploaded"): time.sleep(0.05)
os.remove(where + "/old")
`;
    await expect(run({ 'train.py': program }, { CheckpointConfig: CHECKPOINTS })).resolves.toMatchObject({
      TrainingJobStatus: 'Completed',
    });
    expect(world.local.cloud.s3.list(BUCKET, 'checkpoints/').map(({ key }) => key)).toEqual([
      'checkpoints/job/deep/kept',
    ]);
  });

  it('on two hosts has a stream, a configuration and a share of the data each', async () => {
    world = await startWorld({}, 20);
    world.local.cloud.s3.put(BUCKET, 'data/train/b.csv', 'x\n');
    const program =
      'import os\nprint(os.environ["SM_CURRENT_HOST"], os.environ["SM_HOSTS"], os.listdir(os.environ["SM_CHANNEL_TRAIN"]))';
    const { ResourceConfig } = world.request('x');
    const source = {
      S3DataType: 'S3Prefix' as const,
      S3Uri: `s3://${BUCKET}/data/train/`,
      S3DataDistributionType: 'ShardedByS3Key' as const,
    };
    await run(
      { 'train.py': program },
      {
        ResourceConfig: { ...ResourceConfig, InstanceCount: 2 },
        InputDataConfig: [{ ChannelName: 'train', DataSource: { S3DataSource: source } }],
      },
    );
    expect((await world.messages('job')).map(([line]) => line)).toEqual([
      `algo-1 ["algo-1", "algo-2"] ['a.csv']`,
      `algo-2 ["algo-1", "algo-2"] ['b.csv']`,
    ]);
  });

  it('shows what its processes use', async () => {
    world = await startWorld({}, 2);
    const program = 'import time\nheld = bytearray(64 * 2**20)\nend = time.time() + 1.5\nwhile time.time() < end: pass';
    await run({ 'train.py': program });
    const points = (MetricName: string) =>
      world.local.cloud
        .shared(metricStore)
        .points({ Namespace: TRAINING_NAMESPACE, MetricName, Dimensions: [{ Name: 'Host', Value: 'job/algo-1' }] });
    expect(Math.max(...points('CPUUtilization').map(({ value }) => value))).toBeGreaterThan(5);
    expect(Math.max(...points('MemoryUtilization').map(({ value }) => value))).toBeGreaterThan((64 / 8192) * 100 * 0.9);
  });

  it('leaves no process behind when the cloud closes', async () => {
    world = await startWorld({}, 20);
    const program =
      'import os, subprocess, time\nchild = subprocess.Popen(["sleep", "600"], start_new_session=False)\nprint(os.getpid(), child.pid, flush=True)\ntime.sleep(600)';
    const ended = run({ 'train.py': program }).catch(() => undefined);
    const streams = () => world.messages('job').catch(() => []);
    let pids: number[] = [];
    while (pids.length < 2) pids = ((await streams())[0]?.[0] ?? '').split(' ').filter(Boolean).map(Number);
    await world.local.close();
    await ended;
    const lives = (pid: number) => {
      try {
        return process.kill(pid, 0);
      } catch {
        return false;
      }
    };
    await until(() => !pids.some(lives));
    expect(pids.map(lives)).toEqual([false, false]);
  });

  it('keeps a progress bar in one event and splits nothing else', async () => {
    world = await startWorld({}, 20);
    const program =
      'import sys\nsys.stdout.write("1%\\r50%\\r100%\\nnext\\n\\nlast")\nsys.stdout.buffer.write(b" \\xff\\n")';
    await run({ 'train.py': program });
    expect((await world.messages('job'))[0]?.slice(0, 4)).toEqual(['1%\r50%\r100%', 'next', ' ', 'last \ufffd']);
  });
});
