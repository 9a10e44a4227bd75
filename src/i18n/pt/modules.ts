import type { Translation } from '../catalogue.ts';
import type { modules as english } from '../en/modules.ts';

export const modules: Translation<typeof english> = {
  'error.module-sign-in.cashier':
    'O servidor de códigos em {place} não aceitou o nome e a palavra-passe deste posto. Não voltam a ser tentados; chame o supervisor.',
  'error.module-sign-in.customer': 'A máquina não pode criar códigos neste momento.',
  'error.module-other-certificate.cashier':
    'O servidor em {place} não é o que foi registado. Nada lhe foi enviado; chame o supervisor.',
  'error.module-other-certificate.customer': 'A máquina não pode criar códigos neste momento.',
  'error.module-service-off.cashier':
    'O servidor de códigos em {place} não está a criar códigos. Nada foi feito; tente mais tarde.',
  'error.module-service-off.customer': 'A máquina não pode criar códigos neste momento.',
  'error.module-missing.cashier':
    'Não foi encontrado módulo de segurança em {place}. Ligue-o; as pesquisas e as cópias continuam entretanto.',
  'error.module-missing.customer': 'A máquina não pode criar códigos neste momento.',
  'error.module-permission.cashier':
    'Esta conta não pode usar o módulo de segurança em {place}. Um supervisor tem de lhe dar o direito, como diz o manual.',
  'error.module-permission.customer': 'A máquina não pode criar códigos neste momento.',
  'error.module-busy.cashier':
    'Outro programa está a usar o módulo de segurança em {place}. Feche esse programa, ou desligue e ligue o módulo.',
  'error.module-busy.customer': 'A máquina não pode criar códigos neste momento.',
  'error.module-disconnected.cashier':
    'O módulo de segurança foi desligado enquanto trabalhava. A venda fica guardada; ligue-o e pergunte de novo.',
  'error.module-disconnected.customer':
    'O seu dinheiro está registado. A máquina tem de verificar algo antes de dar o código.',
  'error.module-unknown-status.cashier':
    'O módulo de segurança respondeu com um estado desconhecido ({status}). A venda fica guardada; chame o supervisor.',
  'error.module-unknown-status.customer':
    'O seu dinheiro está registado. A máquina tem de verificar algo antes de dar o código.',
  'error.module-not-supported.cashier':
    'Este tipo de módulo de segurança não consegue fazer isso ({call}). Nada foi alterado.',
  'error.module-not-supported.customer': 'As chaves da máquina estão a ser tratadas; demora um momento.',
  'error.module-approval.cashier':
    'Duas pessoas diferentes têm de aprovar isto, e a segunda entra agora para isso. Nada foi alterado.',
  'error.module-approval.customer': 'As chaves da máquina estão a ser tratadas; demora um momento.',
  'error.module-hardware.cashier':
    'O módulo de segurança comunica uma avaria do equipamento. Desligue-o e ligue-o; se voltar, chame o supervisor.',
  'error.module-hardware.customer':
    'O seu dinheiro está registado. A máquina tem de verificar algo antes de dar o código.',
  'error.module-format.cashier':
    'O módulo de segurança não entendeu o pedido (02). Nada foi criado; chame o supervisor.',
  'error.module-format.customer': 'A máquina não pode criar códigos neste momento.',
  'error.module-token-crc.cashier':
    'O código não se decifra com a chave deste contador. Verifique o número do contador e o código.',
  'error.module-token-crc.customer': 'Este número não é um código para esse contador.',
  'error.module-request-crc.cashier':
    'O pedido chegou danificado ao módulo de segurança (20). Nada foi criado; verifique o cabo e venda de novo.',
  'error.module-request-crc.customer': 'A máquina não pode criar códigos neste momento.',
  'error.module-command.cashier':
    'O módulo de segurança não conhece este pedido (21). Nada foi criado; chame o supervisor.',
  'error.module-command.customer': 'A máquina não pode criar códigos neste momento.',
  'error.module-kek-state.cashier':
    'O módulo de segurança não está pronto para receber chaves (26). Exporte de novo o seu pedido e mande fazer chaves para ele.',
  'error.module-kek-state.customer': 'As chaves da máquina estão a ser tratadas; demora um momento.',
  'error.module-kek-missing.cashier':
    'O módulo de segurança não tem chave de transporte para este ficheiro, ou lugar para ela (27). Exporte de novo o seu pedido.',
  'error.module-kek-missing.customer': 'As chaves da máquina estão a ser tratadas; demora um momento.',
  'error.module-key-change.cashier':
    'O módulo de segurança não permite esta mudança da chave do contador (29). A sede tem de ver a ficha do contador.',
  'error.module-key-change.customer': 'O seu contador não pode ser servido neste balcão.',
  'error.module-credit-used-up.cashier':
    'O crédito do módulo de segurança para o grupo {sgc} acabou. Nada mais se pode vender aí até a sede o renovar.',
  'error.module-credit-used-up.customer': 'A máquina não pode criar códigos neste momento.',
  'error.module-other-id.cashier':
    'O ficheiro de chaves foi feito para o módulo {found}; este é {wanted}. Nada foi carregado; peça um ficheiro para este módulo.',
  'error.module-other-id.customer': 'As chaves da máquina estão a ser tratadas; demora um momento.',
  'error.module-key-range.cashier':
    'Um dado da chave do contador está fora dos limites do módulo de segurança (40). A sede tem de ver a ficha do contador.',
  'error.module-key-range.customer': 'O seu contador não pode ser servido neste balcão.',
  'error.module-issue-over.cashier':
    'Terminou o tempo em que a chave de venda do grupo {sgc} pode ser usada. A sede tem de carregar uma nova; verifique também o relógio.',
  'error.module-issue-over.customer': 'O seu contador não pode ser servido hoje neste balcão.',
  'error.module-clock-window.cashier':
    'O relógio do módulo ({moduleTime}) e o do computador ({computerTime}) diferem demais. Acerte o relógio do computador; se estiver certo, chame o supervisor.',
  'error.module-clock-window.customer': 'O relógio da máquina tem de ser acertado primeiro.',
  'error.module-log-end.cashier':
    'O registo do módulo de segurança não tem mais entradas (45). Não há mais nada a ler.',
  'error.module-log-end.customer': 'As chaves da máquina estão a ser tratadas; demora um momento.',
  'error.module-subclass.cashier':
    'A chave de venda do grupo {sgc} não pode criar este tipo de código (48). A sede tem de ver a chave.',
  'error.module-subclass.customer': 'O seu contador não pode ser servido neste balcão.',
  'error.module-record-format.cashier':
    'Um registo do ficheiro de chaves não tem a forma que o módulo aceita (49). Nada foi carregado; peça de novo o ficheiro.',
  'error.module-record-format.customer': 'As chaves da máquina estão a ser tratadas; demora um momento.',
  'error.module-field-count.cashier':
    'O pedido tinha campos a menos ou a mais para o módulo de segurança (60). Nada foi criado; chame o supervisor.',
  'error.module-field-count.customer': 'A máquina não pode criar códigos neste momento.',
  'error.module-field-type.cashier':
    'Um campo do pedido era do tipo errado para o módulo de segurança (61). Nada foi criado; chame o supervisor.',
  'error.module-field-type.customer': 'A máquina não pode criar códigos neste momento.',
  'error.module-field-encoding.cashier':
    'Um campo do pedido estava escrito de forma que o módulo de segurança não lê (62). Nada foi criado; chame o supervisor.',
  'error.module-field-encoding.customer': 'A máquina não pode criar códigos neste momento.',
  'error.module-field-range.cashier':
    'Um campo do pedido estava fora dos limites do módulo de segurança (63). Nada foi criado; verifique a ficha do contador.',
  'error.module-field-range.customer': 'O seu contador não pode ser servido neste balcão.',
  'error.module-meter-number.cashier':
    'O módulo de segurança não aceita este número de contador (76). A sede tem de ver a ficha do contador.',
  'error.module-meter-number.customer': 'O seu contador não pode ser servido neste balcão.',
  'error.module-load-mac.cashier':
    'O selo do ficheiro de chaves não está certo (77): foi alterado, ou feito para outro módulo. Nada foi carregado.',
  'error.module-load-mac.customer': 'As chaves da máquina estão a ser tratadas; demora um momento.',
  'error.module-load-kcv.cashier':
    'Uma chave não dá o valor de controlo que o seu ficheiro anuncia (78). Não a use; peça de novo o ficheiro.',
  'error.module-load-kcv.customer': 'As chaves da máquina estão a ser tratadas; demora um momento.',
  'error.module-default-key.cashier':
    'Este contador ainda tem a chave de origem, que não aceita crédito (80). Precisa primeiro de uma mudança de chave.',
  'error.module-default-key.customer': 'O seu contador não pode ser servido neste balcão.',
  'error.module-token-count.cashier':
    'O número de códigos de mudança de chave não serve a este contador (85). Nada foi criado; verifique a ficha do contador.',
  'error.module-token-count.customer': 'O seu contador não pode ser servido neste balcão.',
  'error.module-instruction.cashier':
    'O módulo de segurança recusou uma instrução assinada (87). Nada foi alterado; peça uma nova a quem a enviou.',
  'error.module-instruction.customer': 'As chaves da máquina estão a ser tratadas; demora um momento.',
  'error.module-key-attribute.cashier':
    'Um atributo da chave de venda não está certo (94). A sede tem de carregar a chave de novo.',
  'error.module-key-attribute.customer': 'O seu contador não pode ser servido neste balcão.',
  'error.module-own-words.cashier':
    'O módulo de segurança diz: {text}. A venda fica guardada; chame o supervisor.',
  'error.module-own-words.customer':
    'O seu dinheiro está registado. A máquina tem de verificar algo antes de dar o código.',
};
