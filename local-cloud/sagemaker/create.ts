import { authorize } from '../authorization.ts';
import type { ScriptDelays } from '../script.ts';
import type { Cloud } from '../state.ts';
import { startJob } from '../training/engine.ts';
import { Job } from '../training/job.ts';
import { jobStore } from '../training/jobs.ts';
import { planJob } from '../training/plan.ts';
import type { TrainingRequest } from '../training/request.ts';
import { type Answer, type Call, CloudError, type Service } from '../types.ts';
import { checkCombinations } from './check-combinations.ts';
import { checkImage } from './check-image.ts';
import { checkQuotas } from './check-quotas.ts';
import { checkStorage } from './check-storage.ts';
import { accessDenied, validationError } from './errors.ts';
import { isAssumable } from './execution-role.ts';
import { checkTags } from './tag-rules.ts';

/** CreateTrainingJob: everything SageMaker checks before it says yes; capacity and the container come later. */
export function createOperation(cloud: Cloud): Service {
  const refusals = new RoleRefusals();
  cloud.onReset(() => refusals.clear());
  return { CreateTrainingJob: (call) => create(cloud, call, refusals) };
}

async function create(cloud: Cloud, call: Call, refusals: RoleRefusals): Promise<Answer> {
  const request = call.input as unknown as TrainingRequest;
  const arn = `arn:aws:sagemaker:${cloud.region}:${cloud.account}:training-job/${request.TrainingJobName}`;
  checkPermissions(call, request, arn);
  checkCombinations(request);
  checkTags(request.Tags ?? []);
  checkName(cloud, request, arn);
  if (!isAssumable(cloud, request.RoleArn)) throw notAssumable(request.RoleArn);
  checkStorage(cloud, request);
  await checkImage(cloud, request);
  checkQuotas(cloud, request);
  checkName(cloud, request, arn);
  const plan = planJob(cloud, request);
  const delays = { ...cloud.script.current.delays, ...plan.script.delays };
  if (refusals.takes(cloud.script.current.delays, plan.script.delays)) throw notAssumable(request.RoleArn);
  const job = new Job(arn, request, () => cloud.clock.now(), delays);
  cloud.shared(jobStore).jobs.set(job.name, job);
  startJob(cloud, job, plan);
  return { output: { TrainingJobArn: arn } };
}

/** Two permissions that the create call needs besides its own. */
function checkPermissions({ principal }: Call, { RoleArn, Tags = [] }: TrainingRequest, arn: string): void {
  if (!authorize(principal, 'iam:PassRole', RoleArn)) throw accessDenied(principal, 'iam:PassRole', RoleArn);
  if (Tags.length > 0 && !authorize(principal, 'sagemaker:AddTags', arn)) {
    throw accessDenied(principal, 'sagemaker:AddTags', arn);
  }
}

function checkName(cloud: Cloud, { TrainingJobName }: TrainingRequest, arn: string): void {
  if (!cloud.shared(jobStore).jobs.has(TrainingJobName)) return;
  throw new CloudError(
    'ResourceInUse',
    `Training job names must be unique within an AWS account and region, and a training job with this name already exists (${arn})`,
  );
}

function notAssumable(role: string): CloudError {
  return validationError(
    `Could not assume role ${role}. Please ensure that the role exists and allows principal 'sagemaker.amazonaws.com' to assume the role.`,
  );
}

/** A fresh role is not assumable at once: a script says how many calls are refused for it. */
class RoleRefusals {
  #given = new WeakMap<ScriptDelays, number>();

  takes(...all: readonly (ScriptDelays | undefined)[]): boolean {
    return all.some((delays) => {
      const given = delays === undefined ? 0 : (this.#given.get(delays) ?? 0);
      if (delays === undefined || given >= (delays.roleNotAssumable ?? 0)) return false;
      this.#given.set(delays, given + 1);
      return true;
    });
  }

  clear(): void {
    this.#given = new WeakMap();
  }
}
