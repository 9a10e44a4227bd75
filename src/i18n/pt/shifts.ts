import type { Translation } from '../catalogue.ts';
import type { shifts as english } from '../en/shifts.ts';

export const shifts: Translation<typeof english> = {
  'error.no-open-shift.cashier':
    'Não há turno aberto para si. Abra um com o dinheiro da gaveta e depois venda.',
  'error.no-open-shift.customer': 'Este balcão abre dentro de momentos.',
  'error.shift-ended.cashier': 'O turno {number} terminou. Conte a gaveta e feche-o, depois abra o seguinte.',
  'error.shift-ended.customer': 'Este balcão está fechado de momento.',
  'error.drawer-unknown.cashier': 'Não há aqui gaveta {drawer}. Escolha uma da lista.',
  'error.drawer-unknown.customer': 'Este balcão abre dentro de momentos.',
  'error.drawer-in-use.cashier':
    'A gaveta {drawer} está em uso pelo turno {number}. Tem de ser fechado primeiro.',
  'error.drawer-in-use.customer': 'Este balcão abre dentro de momentos.',
  'error.shift-held.cashier':
    'O turno {number} ainda tem a gaveta {drawer}. Uma pessoa tem uma gaveta: feche-o primeiro.',
  'error.shift-held.customer': 'Este balcão abre dentro de momentos.',
  'error.count-invalid.cashier':
    'A contagem não pode estar certa: cada nota e moeda uma vez, e só as que se usam aqui.',
  'error.count-invalid.customer': 'A gaveta está a ser contada.',
  'error.shift-unknown.cashier': 'Esse turno não existe.',
  'error.shift-unknown.customer': 'Está-se a tratar da gaveta.',
  'error.shift-step.cashier':
    'O turno {number} {step, select, opened {ainda está a vender: termine-o primeiro} ended {terminou e espera pela contagem} counted {está contado e espera ser fechado} other {está fechado: o seu Z fica como está}}.',
  'error.shift-step.customer': 'Está-se a tratar da gaveta.',
  'error.shift-not-yours.cashier':
    'O turno {number} é de outra pessoa. Ela ou um supervisor pode fazer isto.',
  'error.shift-not-yours.customer': 'Está-se a tratar da gaveta.',
  'error.shift-same-person.cashier': 'O turno {number} precisa de uma segunda pessoa para isto.',
  'error.shift-same-person.customer': 'Está-se a tratar da gaveta.',
  'error.reason-needed.cashier': 'Diga porquê: o motivo fica guardado.',
  'error.reason-needed.customer': 'Um momento; é preciso anotá-lo.',
  'drawers.title': 'Gavetas e dinheiro',
  'drawers.about': 'Nomes das gavetas, notas e moedas que se contam, quem fecha um turno.',
  'drawers.names': 'Gavetas daqui',
  'drawers.names.hint':
    '{count, plural, one {1 gaveta} other {# gavetas}}. Um ponto e vírgula separa dois nomes.',
  'drawers.money': 'Notas e moedas',
  'drawers.money.hint': 'Montantes separados por ponto e vírgula, por exemplo 5; 10; 20.',
  'drawers.closer': 'Quem fecha um turno',
  'drawers.closer.same': 'O caixa pode fechá-lo',
  'drawers.closer.another': 'Outra pessoa tem de o fechar',
  'drawers.beneficiary': 'Conta bancária em nome de',
  'drawers.beneficiary.hint': 'Impresso no talão de depósito. Pode ficar vazio.',
  'drawers.save': 'Guardar',
  'drawers.saved': 'Guardado. Vale a partir de agora.',
  'error.settings-not-kept.cashier':
    'O ficheiro das definições {file} não pode ser escrito ({reason}); nada foi mudado. Chame quem trata deste computador e tente de novo.',
  'error.settings-not-kept.customer': 'Um momento.',
  'error.drawer-set-up.cashier':
    '{reason, select, empty {Uma gaveta precisa de um nome.} twice {Duas gavetas têm o mesmo nome. Mude um.} coin {A mesma nota ou moeda está lá duas vezes. Retire uma.} other {Um destes montantes não pode ser pago em dinheiro aqui. Veja de novo as notas e moedas.}}',
  'error.drawer-set-up.customer': 'Um momento.',
};
