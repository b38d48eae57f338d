'use server'

import { action } from '#lib/door/action.ts'
import { changePassword } from './commands/change-password.ts'
import { endSession } from './commands/end-session.ts'
import { resetPassword } from './commands/reset-password.ts'

export const changePasswordAction = action(changePassword)
export const endSessionAction = action(endSession)
export const resetPasswordAction = action(resetPassword)
