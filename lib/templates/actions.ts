'use server'

import { action } from '#lib/door/action.ts'
import { archiveTemplate, publishTemplate, restoreTemplate, unarchiveTemplate } from './commands.ts'

export const publishTemplateAction = action(publishTemplate)
export const archiveTemplateAction = action(archiveTemplate)
export const restoreTemplateAction = action(restoreTemplate)
export const unarchiveTemplateAction = action(unarchiveTemplate)
