// Measures the designer page of the built site in Chromium: how long after a key the new design is there, and how long the
// page is busy at a stretch while a text is pasted and changed.
//
//     node designer.mjs FILE…
//
// Prints a line for each, `FILE SPEED: WHAT MILLISECONDS`, and one for the version of the browser. `cargo xtask bench
// --designer` names the files and lays the lines out as a table. The page is slowed down as the developer tools of the
// browser do it, which is the main thread's alone: the worker of the engine keeps the full speed of the machine.

import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { launch, newPage, serve } from '../../../tests/browser/support.mjs';

/** How many times slower the main thread is made. */
const SLOWDOWN = 4;

/** What is typed at the end of the text, again and again. */
const TYPED = '\n\n- Members rent a locker for a month and return it. A locker has a number, a size and a price.';

/** How many keys are timed at most and at least, and for how long, in milliseconds. */
const [MOST, LEAST, BUDGET] = [100, 5, 60_000];

/** The pause between a design and the next key, in milliseconds: the page may draw and tidy up, as between any keys. */
const PAUSE = 50;

/** How long a design may take at most, in milliseconds. */
const PATIENCE = 300_000;

/** The longest text that is pasted, in characters: with what is typed it must stay within the MiB that is read at most. */
const LONGEST = 2 ** 20 - 2 ** 10;

const site = await serve();
const browser = await launch();
try {
    report('', `version ${browser.version()}`, 0);
    report('', 'slowdown', SLOWDOWN);
    for (const file of process.argv.slice(2)) {
        const text = readFileSync(file, 'utf8').slice(0, LONGEST);
        await measure(file, text, 'as it is', 1);
        await measure(file, text, 'slowed', SLOWDOWN);
    }
} finally {
    await browser.close();
    await site.close();
}

async function measure(file, text, speed, rate) {
    const page = await newPage(browser);
    page.setDefaultTimeout(PATIENCE);
    await page.addInitScript(watch);
    await page.goto(`${site.url}designer.html`);
    await page.locator('#document h2').nth(7).waitFor();
    const session = await page.context().newCDPSession(page);
    await session.send('Emulation.setCPUThrottlingRate', { rate });
    // Where no design ever comes, as for a text that is refused, nothing else would end the wait.
    const designed = async () => {
        const late = sleep(PATIENCE, undefined, { ref: false }).then(() => {
            throw new Error(`${file}, ${speed}: no design within ${PATIENCE / 1000} s`);
        });
        await Promise.race([page.evaluate((pause) => window.watched.designed(pause), PAUSE), late]);
    };
    // The page draws what the first visit shows before it is watched.
    await page.waitForTimeout(2000);
    await page.evaluate((text) => navigator.clipboard.writeText(text), text);
    await page.locator('#text').focus();
    await page.keyboard.press('Control+A');
    await page.evaluate(() => window.watched.take());

    await page.keyboard.press('Control+V');
    await designed();
    await page.waitForTimeout(2000);
    const pasted = await page.evaluate(() => window.watched.take());

    await page.keyboard.press('Control+End');
    await page.waitForTimeout(500);
    await page.evaluate(() => window.watched.take());
    const begun = performance.now();
    for (let key = 0; key < LEAST || (key < MOST && performance.now() - begun < BUDGET); key += 1) {
        await page.keyboard.type(TYPED[key % TYPED.length]);
        await designed();
    }
    const typed = await page.evaluate(() => window.watched.take());
    const problem = await page.locator('#problem').innerText();
    if (problem.trim()) throw new Error(`${file}: ${problem}`);

    const say = (what, value) => report(file, `${speed}: ${what}`, value);
    say('key to design, median', quantile(typed.designs, 0.5));
    say('95 %', quantile(typed.designs, 0.95));
    say('of it engine, median', quantile(typed.answers, 0.5));
    say('longest task on a key', Math.max(0, ...typed.tasks));
    say('tasks over 50', typed.tasks.length);
    say('longest task on a paste', Math.max(0, ...pasted.tasks));
    say('tasks over 50 on a paste', pasted.tasks.length);
    await page.context().close();
}

/** Runs in the page before its own scripts, and notes what happens. */
function watch() {
    const seen = { designs: [], answers: [], tasks: [] };
    let input;
    let there;
    let silence;
    let waiting;
    new PerformanceObserver((list) => {
        for (const { duration } of list.getEntries()) seen.tasks.push(duration);
    }).observe({ type: 'longtask' });
    addEventListener('input', ({ target, timeStamp }) => target.id === 'text' && (input ??= timeStamp), true);
    // From the question to the answer of the worker.
    const { postMessage } = Worker.prototype;
    Worker.prototype.postMessage = function (message, ...more) {
        if (message.kind === 'design') {
            const asked = performance.now();
            this.addEventListener('message', () => seen.answers.push(performance.now() - asked), { once: true });
        }
        return postMessage.call(this, message, ...more);
    };
    // The page tells when the document in view is that of the latest text, or a section of it where it is long; it is on
    // the screen after the next frame. The design is there with the last section, after which nothing is told for a while.
    document.addEventListener('documentchange', () => {
        const from = input;
        if (from === undefined) return;
        clearTimeout(silence);
        requestAnimationFrame(() => {
            const { port1, port2 } = new MessageChannel();
            port1.onmessage = () => {
                there = performance.now();
                clearTimeout(silence);
                silence = setTimeout(() => {
                    if (input !== from) return;
                    seen.designs.push(there - from);
                    input = undefined;
                    waiting?.();
                }, 150);
            };
            port2.postMessage(undefined);
        });
    });
    window.watched = {
        /** Waits until the last input has its design, and then for a pause. */
        designed: async (pause) => {
            if (input !== undefined) await new Promise((resolve) => (waiting = resolve));
            await new Promise((resolve) => setTimeout(resolve, pause));
        },
        /** What was seen since the last time. */
        take: () => {
            const taken = structuredClone(seen);
            for (const list of Object.values(seen)) list.length = 0;
            return taken;
        },
    };
}

function quantile(values, share) {
    const sorted = values.toSorted((a, b) => a - b);
    return sorted[Math.ceil(share * sorted.length) - 1];
}

function report(file, name, value) {
    console.log(`${file}\t${name}\t${value}`);
}
