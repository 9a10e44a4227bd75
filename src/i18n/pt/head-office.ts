import type { Translation } from '../catalogue.ts';
import type { headOffice as english } from '../en/head-office.ts';

/** A sede na página do administrador: quem conhece quem, o que vem a seguir e o que ela disse. */
export const headOffice: Translation<typeof english> = {
  'headoffice.title': 'Sede',
  'headoffice.about': 'Inscrição, impressões digitais, o que espera e o que a sede diz.',
  'headoffice.looking': 'A ver a situação deste posto.',
  'headoffice.state':
    '{state, select, standAlone {Este posto é autónomo: vende com os seus próprios limites e não envia nada.} notEnrolled {A sede ainda não conhece este posto.} restored {Este posto foi restaurado de uma cópia e tem de se inscrever de novo.} newKey {A chave deste posto não é a que a sede conhece.} asked {O pedido está na sede; ainda não há resposta.} asking {A sede conhece este posto; pediu-se uma nova inscrição.} other {A sede conhece este posto.}}',
  'headoffice.do':
    '{state, select, standAlone {Para se juntar a uma sede, um administrador indica aqui a pasta por onde passam os ficheiros. Um servidor (SFTP) indica-se nas definições (headOffice em station.json) e reinicia-se o posto.} notEnrolled {Peça à sede um código de uso único: “headoffice station add {station}”. Escreva-o aqui. Continue a vender; nada se perde.} restored {O que vender a partir de agora recebe números de uma nova época, para que nenhum sirva duas vezes. Peça à sede um novo código: “headoffice station add {station}”. O que falta na cópia volta com o próximo pacote.} newKey {A chave antiga perdeu-se e começa uma nova época. Peça à sede um novo código: “headoffice station rotate {station}”.} asked {Compare a impressão digital com a sede por telefone. Se não vier resposta, o código foi mal escrito ou já usado: peça outro e escreva-o.} asking {Tudo continua como antes até a sede responder. Compare com ela a impressão digital por telefone. Se não vier resposta, o código foi mal escrito ou já usado: peça outro e escreva-o.} other {O que se vende segue a cada {minutes} minutos, em cada Z, depois de um arranque e quando se envia daqui.}}',
  'headoffice.keys': 'Chaves e ficheiros',
  'headoffice.fact.own': 'Impressão digital deste posto',
  'headoffice.fact.office': 'Impressão digital da sede',
  'headoffice.fact.next': 'Impressão digital da próxima chave',
  'headoffice.fact.place': 'Os ficheiros vão para',
  'headoffice.place': 'Para onde vão os ficheiros',
  'headoffice.place.folder': 'Pasta',
  'headoffice.place.hint':
    'Uma pasta a que a sede também chega: numa partilha, ou numa pen que se leva e se traz de volta. Tem de estar lá agora. Dentro dela, os ficheiros saem em {station}/up e as respostas são esperadas em {station}/down.',
  'headoffice.place.do': 'Usar esta pasta',
  'headoffice.place.change': 'Escolher outra pasta',
  'headoffice.fact.epoch': 'Época',
  'headoffice.fact.waiting': 'À espera',
  'headoffice.waiting':
    '{batches, plural, =0 {nenhum lote} one {# lote} other {# lotes}}, {records, plural, =0 {nenhum registo novo} one {# registo novo} other {# registos novos}}',
  'headoffice.compare':
    'Os dois lados têm de ver os mesmos sinais. A sede lê os do posto com “headoffice station keys {station}”; os seus estão ao lado do código que deu.',
  'headoffice.enrol': 'Inscrever o posto {station}',
  'headoffice.enrol.do': 'Inscrever',
  'headoffice.enrol.again': 'Inscrever com um novo código',
  'headoffice.code': 'Código de uso único',
  'headoffice.code.hint': '16 letras e algarismos em grupos de quatro, como a sede os leu.',
  'headoffice.rotate': 'Mudar a chave',
  'headoffice.rotate.why':
    'Faz-se agora uma nova chave. O próximo lote anuncia-a, assinado pela antiga; depois assina a nova. A sede vê-a então em “headoffice station keys {station}”.',
  'headoffice.rotate.do': 'Fazer a próxima chave',
  'headoffice.send': 'Enviar agora',
  'headoffice.fetch': 'Procurar a resposta',
  'headoffice.refused': 'Não aceite pela sede',
  'headoffice.batch': 'Lote {batch}:',
  'headoffice.said': 'O que a sede diz',
  'headoffice.said.nothing': 'Ainda não veio nenhum pacote.',
  'headoffice.said.last': 'Pacote {number}, recebido {moment}',
  'headoffice.messages': 'Mensagens',
  'headoffice.allowance': 'Autorização de venda',
  'headoffice.limit.perSaleMinor': 'Uma venda, no máximo',
  'headoffice.limit.perMeterDayMinor': 'Um contador por dia',
  'headoffice.limit.perOperatorDayMinor': 'Uma pessoa por dia',
  'headoffice.limit.perOperatorShiftMinor': 'Uma pessoa por turno',
  'headoffice.role': '{name}, função',
  'strip.office.sending': 'A enviar o lote {number} de {all}',
  'error.enrolment-code.cashier':
    'Isso não é um código de uso único: tem 16 sinais, A a Z e 2 a 7. Confirme-o com a sede e escreva-o de novo.',
  'error.enrolment-code.customer': 'Os dados da máquina estão a ser tratados; é só um momento.',
  'error.folder-exchange.cashier':
    '{reason, select, server {Os ficheiros vão para um servidor que está em station.json. Quem trata deste computador muda-o lá.} relative {Escreva o caminho completo, desde a unidade ou a raiz.} missing {Não há pasta {folder}. Ligue a pen, ou pergunte a quem trata da partilha, e tente de novo.} other {Este posto não pode escrever em {folder}. Pergunte a quem trata deste computador.}}',
  'error.folder-exchange.customer': 'Os dados da máquina estão a ser tratados; é só um momento.',
  'error.import-file.cashier': '{file} não é uma pasta de troca nem um ficheiro de lote. Nada foi importado.',
  'error.import-file.customer': 'Os dados da máquina estão a ser tratados; é só um momento.',
};
