import type { Combined } from './combinations.ts';
import type { Problem } from './problem.ts';

const VPC = ['subnets', 'security-groups'] as const;

/** A VPC is named by both of its parts. */
export function networkProblems({ given }: Combined): readonly Problem[] {
  return VPC.flatMap((input, index) => {
    const other = VPC[1 - index];
    if (!given.has(input) || other === undefined || given.has(other)) return [];
    return [
      {
        input,
        message: `is set without ${other}`,
        remedy: `Set ${other} as well: SageMaker needs both to join a VPC.`,
      },
    ];
  });
}
