/** What a probe may ask of the run that it belongs to; an environment cannot set these. */
export const RUN_VARIABLES = ['RUN_COMMIT', 'RUN_VERSION', 'RUN_DIGEST', 'RUN_NUMBER'] as const
export type RunVariable = (typeof RUN_VARIABLES)[number]

export function isRunVariable(name: string): name is RunVariable {
  return RUN_VARIABLES.some((one) => one === name)
}
