'use server'

import { action } from '#lib/door/action.ts'
import { sign } from '#lib/runs/commands/sign.ts'

export const signAction = action(sign)
