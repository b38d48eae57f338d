'use server'

import { action } from '#lib/door/action.ts'
import { archiveTemplate, publishTemplate } from './commands.ts'

export const publishTemplateAction = action(publishTemplate)
export const archiveTemplateAction = action(archiveTemplate)
