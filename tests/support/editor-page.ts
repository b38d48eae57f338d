import { expect, type Locator, type Page } from '@playwright/test'

/** The text of the template editor. */
export function editorText(page: Page): Locator {
  return page.getByRole('textbox', { name: 'Markdown of the checklist' })
}

/** Puts the caret behind a line of the text, by searching for it as a person does. */
export async function goBehind(page: Page, line: string): Promise<void> {
  await editorText(page).focus()
  await page.keyboard.press('Control+f')
  await page.keyboard.press('Control+a')
  await page.keyboard.type(line)
  await page.keyboard.press('Enter')
  await page.keyboard.press('Escape')
  await page.keyboard.press('End')
}

/** Waits until the server has kept the draft that `act` writes. */
export async function draftKeptAfter(page: Page, act: () => Promise<void>): Promise<void> {
  const kept = page.waitForResponse(
    (answer) => answer.url().includes('/api/drafts/') && answer.request().method() === 'PUT',
  )
  await act()
  expect((await kept).status()).toBe(204)
}
