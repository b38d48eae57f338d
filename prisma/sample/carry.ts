import type { z } from 'zod'
import type { Principal } from '#lib/auth/mint.ts'
import type { Command } from '#lib/door/command.ts'
import { runCommand } from '#lib/door/run-command.ts'

/** A command of the sample was refused: the sample is at fault, or what it stands on has changed. */
export class NotWritten extends Error {}

/** Carries one command through the door at a time of the sample's own; a refusal is thrown with its words. */
export async function carry<Input extends z.ZodType, Value>(
  command: Command<Input, Value>,
  { principal, input, at }: { principal: Principal; input: z.input<Input>; at?: Date },
): Promise<Value> {
  const answer = await runCommand(command, { principal, input, at })
  if (answer.ok) return answer.value.value
  const { message, fields = {} } = answer.refusal
  throw new NotWritten([`${command.name}: ${message}`, ...Object.values(fields)].join(' '))
}
