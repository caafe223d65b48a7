// A small bot written with discord.js, in the way its guide teaches. It knows
// nothing of the playground but an address.
import {
  ActionRowBuilder, AttachmentBuilder, ButtonBuilder, ButtonStyle, Client, ContainerBuilder, Events,
  GatewayIntentBits, MessageFlags, ModalBuilder, SlashCommandBuilder, StringSelectMenuBuilder,
  TextDisplayBuilder, TextInputBuilder, TextInputStyle,
} from 'discord.js';

const slash = (name) => new SlashCommandBuilder().setName(name).setDescription(`Check ${name}`);

export const commands = [
  ...['ping', 'slow', 'more', 'button', 'select', 'form', 'card', 'whisper', 'quiet', 'picture', 'undo'].map(slash),
  slash('find').addStringOption((o) => o.setName('word').setDescription('A word').setRequired(true).setAutocomplete(true)),
].map((c) => c.toJSON());

// A PNG of one pixel.
export const pixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');

const row = (component) => new ActionRowBuilder().addComponents(component);
const press = new ButtonBuilder().setCustomId('press').setLabel('Press me').setStyle(ButtonStyle.Primary);

// What each command does.
const onCommand = {
  ping: (i) => i.reply('pong'),
  async slow(i) {
    await i.deferReply();
    await i.editReply('done at last');
  },
  async more(i) {
    await i.reply('first');
    await i.followUp('second');
  },
  button: (i) => i.reply({ content: 'not pressed', components: [row(press)] }),
  select: (i) => i.reply({
    content: 'choose',
    components: [row(new StringSelectMenuBuilder().setCustomId('area').addOptions(
      { label: 'Neck', value: 'neck' }, { label: 'Elbow', value: 'elbow' }))],
  }),
  form: (i) => i.showModal(new ModalBuilder().setCustomId('form').setTitle('A form').addComponents(
    row(new TextInputBuilder().setCustomId('answer').setLabel('Your answer').setStyle(TextInputStyle.Short)))),
  card: (i) => i.reply({
    flags: MessageFlags.IsComponentsV2,
    components: [new ContainerBuilder().setAccentColor(0x5865f2)
      .addTextDisplayComponents(new TextDisplayBuilder().setContent('words on a card'))
      .addActionRowComponents(row(press))],
  }),
  whisper: (i) => i.reply({ content: 'for you alone', flags: MessageFlags.Ephemeral }),
  async quiet(i) {
    await i.deferReply({ flags: MessageFlags.Ephemeral });
    await i.editReply('slowly, for you alone');
    await i.followUp({ content: 'and one more', flags: MessageFlags.Ephemeral });
  },
  picture: (i) => i.reply({ files: [new AttachmentBuilder(pixel, { name: 'pixel.png', description: 'One pixel' })] }),
  async undo(i) {
    const answer = await i.reply({ content: 'soon gone', withResponse: true });
    if (answer.resource.message.content !== 'soon gone') throw new Error('with_response gave another message');
    await i.deleteReply();
  },
  find: (i) => i.reply(`found ${i.options.getString('word')}`),
};

async function handle(i) {
  if (i.isAutocomplete()) {
    const words = ['neck', 'nerve', 'elbow'].filter((w) => w.startsWith(i.options.getFocused()));
    await i.respond(words.map((w) => ({ name: w.toUpperCase(), value: w })));
  } else if (i.isChatInputCommand()) {
    await onCommand[i.commandName](i);
  } else if (i.isButton() && i.message.flags.has(MessageFlags.IsComponentsV2)) {
    await i.deferUpdate();
    await i.editReply({
      flags: MessageFlags.IsComponentsV2,
      components: [new TextDisplayBuilder().setContent(`card pressed by ${i.user.username}`)],
    });
  } else if (i.isButton()) {
    await i.update({ content: `pressed by ${i.user.username}`, components: [] });
  } else if (i.isStringSelectMenu()) {
    await i.update({ content: `chose ${i.values.join()}`, components: [] });
  } else if (i.isModalSubmit()) {
    await i.reply(`you wrote ${i.fields.getTextInputValue('answer')}`);
  }
}

// start logs a bot in and returns its client once it is ready. Everything that
// discord.js complains about goes to complaints. options are for the client, such as
// how many shards there are.
export async function start(base, token, complaints, options) {
  const client = new Client({ intents: [GatewayIntentBits.Guilds], rest: { api: `${base}/api` }, ...options });
  for (const event of [Events.Error, Events.Warn, Events.ShardError, Events.Invalidated]) {
    client.on(event, (what) => complaints.push(`${event}: ${what?.stack ?? what}`));
  }
  client.on(Events.InteractionCreate, (i) => handle(i).catch((err) => complaints.push(`${i.type}: ${err.stack}`)));
  const ready = new Promise((resolve) => { client.once(Events.ClientReady, resolve); });
  await client.login(token);
  await ready;
  return client;
}
