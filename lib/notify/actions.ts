'use server'
import { action } from '#lib/door/action.ts'
import { acknowledgeNotice } from './commands/acknowledge-notice.ts'
import { remindNotice } from './commands/remind-notice.ts'
import { sendNotice } from './commands/send-notice.ts'

export const sendNoticeAction = action(sendNotice)
export const remindNoticeAction = action(remindNotice)
export const acknowledgeNoticeAction = action(acknowledgeNotice)
