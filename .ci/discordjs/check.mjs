// Judges "unpinch playground" by discord.js, code that knows nothing of ours:
// node check.mjs PROGRAM
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { ChannelType, Events } from 'discord.js';
import { commands, pixel, start } from './bot.mjs';

const token = 'playground';
const complaints = [];
let base, client;

// call uses the playground's control API.
async function call(method, path, body) {
  const res = await fetch(`${base}/${path}`, {
    method,
    headers: body && { 'Content-Type': 'application/json' },
    body: body && JSON.stringify(body),
  });
  const text = await res.text();
  assert.ok(res.ok, `${method} ${path} answered ${res.status}: ${text}`);
  return JSON.parse(text);
}

// answered calls and wants the bot to have answered.
async function answered(path, body) {
  const answer = await call('POST', path, { as: 'mia', ...body });
  assert.equal(answer.error, null);
  assert.match(answer.interaction.outcome, /^(answered|deferred)$/);
  return answer;
}

const command = (name, options) => answered('command', { channel: 'general', name, options });
const messages = (as, query = '') => call('GET', `messages?channel=general&as=${as}${query}`);
const sees = async (as, id) => (await messages(as)).some((m) => m.id === id);
const channel = () => client.channels.cache.find((c) => c.name === 'general');

// eventually waits for what the bot does after its answer.
async function eventually(holds) {
  while (!await holds()) await new Promise((resolve) => { setTimeout(resolve, 50); });
}

// only returns the one message of an answer.
function only(answer) {
  assert.equal(answer.messages.length, 1, 'messages in the answer');
  return answer.messages[0];
}

const textOf = (guild) => guild.channels.cache.find((c) => c.type === ChannelType.GuildText);

// sharded has a bot of several shards in the place of the one that there is, and
// wants each guild on its own shard, and DMs on the first.
async function sharded(options, count = 4, further = async () => {}) {
  await client.destroy();
  const many = await start(base, token, complaints, options);
  try {
    assert.equal(many.ws.shards.size, count, 'shards');
    assert.deepEqual([...new Set(many.guilds.cache.map((g) => g.shardId))].sort(), [...Array(count).keys()], 'shards with guilds');
    const heard = [];
    many.on(Events.InteractionCreate, (i) => heard.push(i.guild?.shardId ?? 'dm'));
    for (const guild of many.guilds.cache.values()) {
      assert.equal(guild.shardId, Number((BigInt(guild.id) >> 22n) % BigInt(count)), `the shard of ${guild.name}`);
      assert.equal(only(await answered('command', { as: 'olga', channel: textOf(guild).id, name: 'ping' })).view.text, 'pong');
      assert.equal(heard.at(-1), guild.shardId);
    }
    assert.equal(only(await answered('command', { channel: 'dm', name: 'ping' })).view.text, 'pong');
    const { gateway } = (await call('GET', 'state')).bots[0];
    assert.deepEqual(gateway.sessions.filter((s) => s.ready).map((s) => `${s.shard}`).sort(),
      [...Array(count).keys()].map((n) => `${n},${count}`));
    await further(many);
  } finally {
    await many.destroy();
    client = await start(base, token, complaints);
  }
}

const checks = {
  async 'logs in and sees the world'() {
    assert.ok(client.user.bot, 'the user is a bot');
    const guild = client.guilds.cache.find((g) => g.name === 'iron-garden');
    assert.ok(guild?.available, 'iron-garden is available');
    assert.ok(!client.guilds.cache.some((g) => g.name === 'quiet-room'), 'quiet-room is without the bot');
    assert.equal(channel().type, ChannelType.GuildText);
    assert.equal(channel().guild.id, guild.id);
  },

  async 'registers commands'() {
    const set = await client.application.commands.set(commands);
    assert.deepEqual(set.map((c) => c.name).sort(), commands.map((c) => c.name).sort());
    const fetched = await client.application.commands.fetch();
    assert.deepEqual(fetched.map((c) => c.id).sort(), set.map((c) => c.id).sort());
    assert.equal(fetched.find((c) => c.name === 'find').options[0].autocomplete, true);
  },

  async 'is told what is wrong with a command'() {
    await assert.rejects(client.application.commands.create({ name: 'Not Valid', description: 'x' }),
      (err) => err.code === 50035 && err.status === 400 && /name/.test(err.message));
  },

  async 'replies'() {
    const m = only(await command('ping'));
    assert.equal(m.view.text, 'pong');
    assert.equal(m.author.id, client.user.id);
    assert.ok(await sees('noah', m.id), 'noah sees it too');
  },

  async 'defers and edits'() {
    const m = only(await command('slow'));
    assert.equal(m.view.text, 'done at last');
    assert.equal(m.flags & 128, 0, 'no longer loading');
  },

  async 'follows up'() {
    const answer = await command('more');
    const first = answer.messages[0];
    assert.equal(first.view.text, 'first');
    const texts = (await messages('mia', `&after=${first.id}&wait=5s`)).map((m) => m.view.text);
    assert.ok(texts.includes('second'), `the follow-up, among ${JSON.stringify(texts)}`);
  },

  async 'updates the message of a button'() {
    const m = only(await command('button'));
    const pressed = only(await answered('click', { message: m.id, label: 'Press me' }));
    assert.equal(pressed.id, m.id);
    assert.equal(pressed.view.text, 'pressed by mia');
    assert.deepEqual(pressed.view.buttons, []);
  },

  async 'reads a select'() {
    const m = only(await command('select'));
    const chosen = only(await answered('click', { message: m.id, custom_id: 'area', values: ['elbow'] }));
    assert.equal(chosen.view.text, 'chose elbow');
  },

  async 'opens a modal and reads it'() {
    const opened = await command('form');
    assert.equal(opened.modal.title, 'A form');
    assert.equal(opened.messages.length, 0);
    const m = only(await answered('modal', { modal: opened.modal.id, fields: { answer: 'yes, 5 × 5' } }));
    assert.equal(m.view.text, 'you wrote yes, 5 × 5');
  },

  async 'completes an option'() {
    const at = { channel: 'general', name: 'find', focused: 'word' };
    const some = await answered('autocomplete', { ...at, options: { word: 'ne' } });
    assert.deepEqual(some.choices.map((c) => [c.name, c.value]), [['NECK', 'neck'], ['NERVE', 'nerve']]);
    const none = await answered('autocomplete', { ...at, options: { word: 'x' } });
    assert.deepEqual(none.choices, []);
    assert.equal(only(await command('find', { word: 'neck' })).view.text, 'found neck');
  },

  async 'sends a card of the second kind and edits it after a deferred update'() {
    const m = only(await command('card'));
    assert.equal(m.view.text, 'words on a card');
    const pressed = only(await answered('click', { message: m.id, custom_id: 'press' }));
    assert.equal(pressed.id, m.id);
    assert.equal(pressed.view.text, 'card pressed by mia');
  },

  async 'whispers'() {
    const m = only(await command('whisper'));
    assert.equal(m.view.text, 'for you alone');
    assert.ok(m.view.only_for, 'marked as for one user');
    assert.ok(await sees('mia', m.id), 'mia sees it');
    assert.ok(!await sees('noah', m.id), 'noah does not');
  },

  async 'whispers after a deferral'() {
    const before = new Set((await messages('noah')).map((m) => m.id));
    const answer = await command('quiet');
    assert.equal(answer.messages[0].view.text, 'slowly, for you alone');
    const more = await messages('mia', `&after=${answer.messages[0].id}&wait=5s`);
    assert.ok(more.some((m) => m.view.text === 'and one more' && m.view.only_for), 'the private follow-up');
    assert.ok((await messages('noah')).every((m) => before.has(m.id)), 'noah sees nothing new');
  },

  async 'uploads a file'() {
    const m = only(await command('picture'));
    const [file] = m.attachments;
    assert.equal(file.filename, 'pixel.png');
    assert.equal(file.description, 'One pixel');
    assert.equal(file.size, pixel.length);
    const res = await fetch(file.url);
    assert.equal(res.status, 200);
    assert.match(res.headers.get('content-type'), /^image\/png/);
    assert.deepEqual(Buffer.from(await res.arrayBuffer()), pixel);
  },

  async 'deletes its answer'() {
    await command('undo');
    await eventually(async () => (await messages('mia')).every((m) => m.view.text !== 'soon gone'));
  },

  async 'sends a nonce once'() {
    const send = () => channel().send({ content: 'only once', nonce: 'delivery-1', enforceNonce: true });
    const [first, second] = [await send(), await send()];
    assert.equal(second.id, first.id);
    assert.equal((await messages('mia')).filter((m) => m.view.text === 'only once').length, 1);
  },

  async 'sends, fetches, edits and deletes a message'() {
    const sent = await channel().send({ content: 'a note', files: [{ attachment: pixel, name: 'note.png' }] });
    const fetched = await channel().messages.fetch({ message: sent.id, force: true });
    assert.equal(fetched.content, 'a note');
    assert.equal(fetched.attachments.first().name, 'note.png');
    const edited = await sent.edit({ content: 'a better note', attachments: [] });
    assert.equal(edited.content, 'a better note');
    assert.equal(edited.attachments.size, 0);
    assert.ok(edited.editedTimestamp >= edited.createdTimestamp, 'edited after it was made');
    await sent.delete();
    await assert.rejects(channel().messages.fetch({ message: sent.id, force: true }), { code: 10008, status: 404 });
  },

  async 'writes to a member'() {
    const state = await call('GET', 'state');
    const [mia, noah] = ['mia', 'noah'].map((name) => state.users.find((u) => u.name === name).id);
    const dm = await client.users.createDM(mia);
    assert.equal(dm.type, ChannelType.DM);
    const sent = await dm.send('just for you');
    const seen = await call('GET', 'messages?channel=dm&as=mia');
    assert.ok(seen.some((m) => m.id === sent.id), 'mia sees it in her channel');
    await assert.rejects((await client.users.createDM(noah)).send('closed'), { code: 50007, status: 403 });
  },

  async 'is kept out of a closed channel'() {
    const state = await call('GET', 'state');
    const coaches = state.channels.find((c) => c.name === 'coaches').id;
    await assert.rejects(client.rest.post(`/channels/${coaches}/messages`, { body: { content: 'x' } }),
      { code: 50001, status: 403 });
  },

  async 'keeps to the limits that headers tell'() {
    const before = (await call('GET', 'requests')).at(-1).n;
    await Promise.all(Array.from({ length: 7 }, (_, n) => channel().send(`message ${n}`)));
    const statuses = (await call('GET', `requests?after=${before}`)).map((r) => r.status);
    assert.deepEqual(statuses, Array(7).fill(200));
  },

  async 'waits and tries again when refused'() {
    const before = (await call('GET', 'requests')).at(-1).n;
    await call('POST', 'faults', { rules: [{ method: 'GET', route: '/users/@me', times: 1, status: 429, retry_after: 0.2 }] });
    await client.rest.get('/users/@me');
    const log = await call('GET', `requests?after=${before}`);
    assert.deepEqual(log.map((r) => r.status), [429, 200]);
    assert.ok(Date.parse(log[1].at) - Date.parse(log[0].at) >= 200, 'it waited');
    await call('DELETE', 'faults');
  },

  async 'resumes after a reconnect'() {
    const back = once(client, Events.ShardResume);
    await call('POST', 'faults', { gateway: 'op7' });
    await back;
    await call('DELETE', 'faults');
    assert.equal(only(await command('ping')).view.text, 'pong');
  },

  async 'starts anew when its session is gone'() {
    const back = once(client, Events.ShardReady);
    await call('POST', 'faults', { gateway: 'op9' });
    await back;
    await call('DELETE', 'faults');
    assert.equal(only(await command('ping')).view.text, 'pong');
  },

  async 'runs in as many shards as are recommended'() {
    await call('POST', 'world', { add_guilds: 10, shards: 4, max_concurrency: 2 });
    await sharded({ shards: 'auto' });
  },

  async 'runs in as many shards as it likes'() {
    await sharded({ shardCount: 3 }, 3);
  },

  async 'one shard fails and the others answer'() {
    await sharded({ shards: 'auto' }, 4, async (many) => {
      const away = once(many, Events.ShardReconnecting);
      await call('POST', 'faults', { gateway: 'no_ready', shard: 2 });
      const [[id]] = await Promise.all([away]);
      assert.equal(id, 2, 'the shard that failed');
      const other = many.guilds.cache.find((g) => g.shardId !== 2);
      assert.equal(only(await answered('command', { as: 'olga', channel: textOf(other).id, name: 'ping' })).view.text, 'pong');
      const back = once(many, Events.ShardResume);
      await call('DELETE', 'faults');
      await back;
    });
  },

  async 'leaves discord.js without a complaint'() {
    assert.deepEqual(complaints, []);
  },
};

// within fails a promise that takes longer than a check ever should.
function within(ms, promise) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no end after ${ms / 1000} s`)), ms);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

async function run(program) {
  const server = spawn(program, ['playground', '--addr', '127.0.0.1:0'], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(server, 'exit').then(([code]) => { throw new Error(`${program} ended with ${code}`); });
  ended.catch(() => {}); // when it ends with us, nobody asks
  try {
    const [line] = await within(20_000, Promise.race([once(createInterface(server.stdout), 'line'), ended]));
    base = line.match(/^listening (http:\/\/127\.0\.0\.1:\d+)$/)?.[1];
    assert.ok(base, `the first line, ${JSON.stringify(line)}, says where it listens`);
    client = await within(20_000, start(base, token, complaints));
    let failed = 0;
    for (const [name, check] of Object.entries(checks)) {
      try {
        await within(30_000, check());
        console.log(`ok      ${name}`);
      } catch (err) {
        failed++;
        console.log(`FAILED  ${name}\n${err.stack}`);
      }
    }
    console.log(`discord.js: ${Object.keys(checks).length - failed} passed, ${failed} failed`);
    return failed === 0;
  } finally {
    await client?.destroy();
    server.kill();
  }
}

const [program] = process.argv.slice(2);
if (!program) {
  console.error('usage: node check.mjs PROGRAM');
  process.exit(2);
}
// A client that never comes up keeps Node alive, so the end is explicit.
process.exit(await run(program) ? 0 : 1);
