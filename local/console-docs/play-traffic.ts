import { setTimeout as delay } from 'node:timers/promises';
import { runSimulateCommand } from '../simulate/simulate.ts';

/** The case of the picture. */
export const picturedCase = 'idnow:democompany:order-4711';

/** What each minute plays. The first scenarios make the numbers of Now interesting, the last one is the pictured case. */
const minutes = [
  ['idnow HAPPYPATH', 'id360 STEPS_OUT_OF_ORDER'],
  ['datakeen APPROVED', 'idnow FRAUDIDENT', 'idnow HAPPYPATH'],
  ['id360 OK'],
  ['idnow HAPPYPATH', 'datakeen DECLINED', 'datakeen VERIFY_THEN_USER_APPROVED', 'id360 KO'],
  ['idnow REVISED_FINAL', 'id360 OK', 'datakeen APPROVED'],
  ['idnow HAPPYPATH'],
  ['id360 STEPS_OUT_OF_ORDER', 'idnow FRAUDIDENT'],
  ['datakeen VERIFY_THEN_USER_APPROVED', 'idnow DEMO --transaction order-4711'],
];

/** Plays cases over some minutes, because the bars of Now are minutes. */
export async function playTraffic(
  port: string,
  credential: { username: string; password: string },
): Promise<void> {
  for (const [minute, scenarios] of minutes.entries()) {
    if (minute > 0) await delay(60_000 - (Date.now() % 60_000));
    for (const scenario of scenarios) {
      const quiet = { print: () => undefined, complain: console.error };
      await runSimulateCommand([...scenario.split(' '), '--port', port], quiet);
    }
    if (minute % 3 === 1) await sendStrangeDelivery(port, credential, minute);
    if (minute % 2 === 0) await sendStrangeDelivery(port, { ...credential, password: 'wrong' }, minute);
  }
}

/** Sends a status that no version knows. With a wrong password, it is refused; otherwise, it is quarantined. */
async function sendStrangeDelivery(
  port: string,
  { username, password }: { readonly username: string; readonly password: string },
  number: number,
): Promise<void> {
  const identificationprocess = {
    companyid: 'democompany',
    transactionnumber: `order-${number}`,
    result: 'SUCCESS_MANUAL',
  };
  await fetch(`http://127.0.0.1:${port}/webhooks/idnow`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}` },
    body: JSON.stringify({ identificationprocess }),
  });
}
