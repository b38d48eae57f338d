import { type BrowserContext, expect, type Page, type Response } from '@playwright/test'

/** Waits until the page hears keys and presses: the marks of components/ui/hydration-mark.tsx are gone. */
async function listening(page: Page): Promise<void> {
  await expect(page.locator('[data-hydrating]')).toHaveCount(0)
}

/**
 * Makes every page of this context wait for its script where a person waits by nature: after an address was entered, after a
 * reload, and when another page was arrived at. A key that is pressed before that is lost.
 */
export function patient(context: BrowserContext): BrowserContext {
  context.on('page', (page) => {
    const { goto, reload, waitForURL } = page
    const heard = async (answer: Response | null): Promise<Response | null> => {
      if (answer?.headers()['content-type']?.startsWith('text/html')) await listening(page)
      return answer
    }
    page.goto = async (...words) => heard(await goto.apply(page, words))
    page.reload = async (...words) => heard(await reload.apply(page, words))
    page.waitForURL = async (...words) => {
      await waitForURL.apply(page, words)
      await listening(page)
    }
  })
  return context
}
