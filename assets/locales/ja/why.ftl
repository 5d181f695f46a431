# 文の途中にそのまま置ける形で書く。

why-waiting-heading = 何を待っているか
why-why-heading = なぜ？
why-why-failing = なぜリクエストが失敗するか
why-nothing-fails = 失敗しているリクエストはありません。
why-waits-for-nothing = 何も待っていません。

## 何を待っているか：$subject はフェーズ

why-waits = { $subject }は待機中：{ $stage }。
    .goes-on = { $subject }は待機中：{ $stage }。次へ進むまで{ $time }。
why-lasts-another = { $subject }は残り{ $left }（全{ $of }）です。
why-measures = { $subject }は{ $metric }を測定中：{ $of }のうち残り{ $left }、しきい値は{ $threshold }。基準を外れた測定はこれまで{ $failures }回中{ $bad }回です。
why-person-redeploys = { $left }後に人が旧バージョンを再デプロイします。
why-waits-for-person = { $subject }は人の承認待ちで、{ $left }後に承認されます。
    .never = { $subject }は人の承認待ちですが、承認されることはありません。
why-alarm-watches = すべて完了し、アラームがあと{ $left }監視します。
why-clients-follow = クライアントの{ $share }はまだ古いDNS応答に従っており、最後のクライアントが移るまで{ $left }です。
why-waits-for-room = { $subject }は待機中：{ $launches }台の起動が空き待ち（上限{ $quota }台）{ $left ->
    [none] { "" }
   *[some] 、時間切れまで{ $left }
}。
why-waits-for-ever = { $subject }は、来ることのないものを待っています。

## 待たれているインスタンスがしていること：$who はその名前、$count はその数

why-stage = { $stage }（残り{ $left }）
why-draining = { $who }がドレイン中
why-booting = { $who }が起動中
why-installing = { $who }にインストール中
why-starting = { $who }がアプリ開始中
why-ending = { $who }が終了前のドレイン中
why-passed = { $who }がチェックに合格済み
why-checking = { $who }がチェック{ $of }回中{ $passed }回に合格
why-never-passes = { $who }は合格せず、それを終わらせるものもなし
    .failed = { $who }は合格せず、時間切れまで{ $left }
    .replaced = { $who }は合格せず、{ $left }後に置き換え
why-settling = { $who }の安定を確認中{ $left ->
    [none] { "" }
   *[some] （残り{ $left }）
}

## あと何回の失敗に耐えられるか

why-affords-none = 失敗は許されません：1台でも時間内に正常にならなければ失敗します。
why-affords-instances = { $more ->
    [0] これ以上1台の失敗も許されません
   *[other] あと{ $more }台の失敗まで許されます
}：正常なのは{ $healthy }台、最小は{ $minimum }台です。
why-affords-tasks = { $more ->
    [0] これ以上1つのタスクの失敗も許されません
   *[other] あと{ $more }タスクの失敗まで許されます
}：これまでの失敗は{ $failed }件、サーキットブレーカーは{ $threshold }件で作動します。
why-affords-replaced = 失敗しても止まりません：失敗したものは何度でも置き換えられます。
why-affords-for = 失敗したものは、最長{ $of }にわたり置き換えられます。
    .left = 失敗したものは{ $of }にわたり置き換えられます（残り{ $left }）。
why-affords-marked = 失敗しても止まりません：{ $deadline }のあいだ進捗がなければ、その旨が記録されます。
    .left = 失敗しても止まりません：{ $deadline }のあいだ進捗がなければ、{ $left }後にその旨が記録されます。
why-affords-all = 失敗しても止まりません：次のバッチはそのまま始まります。

## 判断材料となるトラフィックとアラーム

why-expected = 新バージョンには{ $time }のあいだトラフィックの{ $share }、約{ $requests }件のリクエストが届きます。
why-judged-by-nothing = アラームが設定されていません：これを判定するものがありません。
why-judged-by-capacity = アラームは処理能力を見ています：エラーで判定するものがありません。
why-judged-blind = アラームでは検知できません：すべて失敗しても全リクエストの{ $share }で、{ $threshold }を超えません。
why-judged-by-few = 判定には少なすぎます：{ $rate }のエラー率を見分けるには約{ $needed }件が必要です。
why-periods = アラームには{ $needed ->
    [1] { $period }の期間
   *[other] { $period }の期間{ $needed }回
}が必要ですが、{ $whole ->
    [0] このステップに完全に収まるものはありません
   *[other] このステップに完全に収まるのは{ $whole }回だけです
}：次のステップの前には判定できません。
why-alarm = アラームの期間（{ $period }）は残り{ $left }です：{ $measured }{ $needed ->
    [0] { "" }
    [1] { "" }
   *[other] 、その前の不良期間は{ $needed }回中{ $bad }回
}。
why-measured-so-far = { $metric }はこれまで{ $value }（{ $beside }）
why-nothing-so-far = リクエストはまだなし
why-weights = 指定{ $asked }に対し、ユーザーには{ $got }（{ $of }台中{ $new }台）

## なぜリクエストが失敗するか：一つか二つの節で一文になる

why-sentence = { $reason }。
why-because = { $effect }：{ $reason }
why-at-worst = { $worst }、{ $effect }
why-failing = 毎秒{ $demand }件のリクエストのうち{ $failed }件が{ $cause ->
    [no-capacity] 稼働中のインスタンスがなく失敗しています
    [overload] 拒否されています
    [cut-off] 処理の途中で切断されています
    [stale-dns] 終了した環境へ送られています
    [new-version-error] 新バージョンで失敗しています
   *[dead-target] 応答しないインスタンスへ送られています
}
    .several = 毎秒{ $demand }件のリクエストのうち{ $failed }件が失敗しています：{ $causes }
why-part = { $cause ->
    [no-capacity] 稼働インスタンスなし
    [overload] 拒否
    [cut-off] 処理途中の切断
    [stale-dns] 終了した環境への送信
    [new-version-error] 新バージョンのエラー
   *[dead-target] 応答しないインスタンスへの送信
}{ $requests }件
    .first = { $cause ->
        [no-capacity] 稼働インスタンスなし
        [overload] 拒否
        [cut-off] 処理途中の切断
        [stale-dns] 終了した環境への送信
        [new-version-error] 新バージョンのエラー
       *[dead-target] 応答しないインスタンスへの送信
    }{ $requests }件
why-causes = 失敗したリクエストの内訳は{ $causes }です
why-original-group = 元のグループ
why-new-group = 新グループ
why-capacity = { $count }台で処理できるのは毎秒{ $capacity }件です
why-group-capacity = { $group }にはトラフィックの{ $share }、毎秒{ $gets }件が届きますが、{ $count }台で処理できるのは毎秒{ $capacity }件です
why-slower = 新バージョンの1台が処理できるのは、旧バージョンの1台の{ $factor }です
why-nothing-in-service = 稼働中のインスタンスがありません
why-group-empty = { $group }にはトラフィックの{ $share }が届きますが、稼働中のインスタンスがありません
why-stale = クライアントの{ $share }はまだ、{ $ended ->
    [unknown] { "" }
   *[known] { $ended }に
}終了した環境を指すDNS応答に従っています。最後のクライアントは{ $until }まで続きます
why-errors = 新バージョンは毎秒{ $answers }件（全体の{ $share }）に応答し、{ $since ->
    [always] { "" }
   *[known] { $since }から
}その{ $rate }で失敗しています
why-dead = { $who }は{ $death ->
    [crash] { $at }にクラッシュしましたが、
    [died] { $at }に故障しましたが、
   *[unknown] { "" }
}まだ割り当て分のリクエストを受けています。ロードバランサーは{ $interval }間隔のチェックに{ $checks }回失敗した時点{ $noticed ->
    [unknown] { "" }
   *[known] （{ $noticed }）
}で気づきます
why-not-learned = { $count }台が停止しましたが、ロードバランサーがそれを知るのは{ $late }後です
why-fails-open = 登録されている{ $failed }台に正常なものがなく、ロードバランサーはそれでもリクエストを送ります
why-number = { $n }台
why-out = { $number }が{ $phase }のため外れています
why-lost = { $number }が失敗しています：{ $lost }
    .last = { $number }が失敗しています。直近では{ $lost }
why-lost-not-healthy = { $who }が時間内に正常になりませんでした（{ $at }）
    .within = { $who }が{ $time }以内に正常になりませんでした（{ $at }）
why-lost-crashed = { $who }が{ $at }にクラッシュしました
why-lost-died = { $who }が{ $at }に故障しました
why-lost-checks = { $who }が{ $at }にチェックに失敗しました
why-too-much = { $n }台すべてが稼働中です：需要がフリートの処理能力を超えています
why-shifted = 新バージョンは{ $at }からトラフィックを受けています：{ $phase }
why-came = { $who }は{ $at }に稼働を開始しました
why-lasts = { $from }から{ $to }まで続き、{ $requests }件のリクエストが失敗します
why-noticed = { $at }に検知されました：{ $failure }
    .later = { $at }に検知されます：{ $failure }
why-not-watched = これを監視するアラームはありません
why-alarm-silent = アラームは検知しません：{ $measured }

## 数字の内訳

why-several = { $kind ->
    [batches] { $count }つのバッチ
    [traffic] { $count }段階のトラフィック移行
    [refreshes] { $count }回のリフレッシュ
    [checkpoints] { $count }か所のチェックポイント
    [steps] { $count }つのステップ
    [launches] { $count }回の起動
   *[phases] { $count }つのフェーズ
}
    .back = ロールバックの{ $kind ->
        [batches] { $count }つのバッチ
        [traffic] { $count }段階のトラフィック移行
        [refreshes] { $count }回のリフレッシュ
        [checkpoints] { $count }か所のチェックポイント
        [steps] { $count }つのステップ
        [launches] { $count }回の起動
       *[phases] { $count }つのフェーズ
    }
why-takes = { $of }のうち{ $time }は{ $phases }の時間です
    .all = 所要時間のすべてが{ $phases }の時間です
why-life = インスタンス{ $instance }の内訳は{ $parts }です
    .part = { $state ->
        [in-service] 稼働
        [draining] ドレイン
        [launching] 起動
        [installing] インストール
        [starting] アプリ開始
        [checking] ヘルスチェック
        [gone] 終了後
        [dead] 応答なし
       *[failed] 離脱
    }{ $time }
why-redeployed = 旧バージョンの再デプロイに{ $from }から{ $to }まで{ $time }かかります
why-goes-back = ロールバックに{ $from }から{ $to }まで{ $time }かかります
    .at-once = ロールバックは{ $at }に即座に完了します
why-stretches = { $count ->
    [1] { $from }から{ $to }まで、{ $what }
   *[other] { $count }回にわたり{ $what }。最長は{ $from }から{ $to }まで
}
    .phase = { $stretches }（{ $phase }）
why-holds-downtime = 稼働中のインスタンスがありません
why-holds-below-demand = 処理能力が需要を下回ります
why-holds-mixed-versions = 両方のバージョンにトラフィックが流れます
why-holds-extra = フリートの台数より多くのインスタンスが存在します
why-holds-other = その状態が続きます
why-lowest = { $from }から{ $to }まで、{ $desired }台中{ $in_service }台が稼働しています
why-share = { $of }件のリクエストのうち{ $failed }件が失敗しました
why-cut = インスタンスのドレインは{ $drain }、リクエストの処理時間は{ $takes }です
    .interrupted = インスタンスはドレインなしで停止され、リクエストの処理時間は{ $takes }です
why-worst = 最も悪い{ $at }の時点では
why-exposed = 最も多く届いたのは{ $phases }で、{ $time }に{ $requests }件です
why-exposed-failed = 新バージョンで{ $requests }件のリクエストが失敗しました
why-most = { $from }から{ $to }まで、旧{ $old }台と新{ $new }台が存在します
why-wrong-since = 最初の異常は{ $at }に現れました
why-nothing-showed = { $phase }は{ $since }に始まり、検知されるまで異常は現れませんでした
why-left-nothing = 稼働中のインスタンスなし
why-left-one-version = { $count }台が{ $version }で稼働中
why-left-both = { $old }台が旧バージョン、{ $new }台が新バージョンで稼働中
why-left = { $run }{ $failed ->
    [0] { "" }
   *[other] 、{ $failed }台が失敗
}{ $dead ->
    [0] { "" }
   *[other] 、{ $dead }台が応答なし
}{ $unready ->
    [0] { "" }
   *[other] 、{ $unready }台が稼働前
}
    .well = { $left }（あるべき状態）
why-no-duration = 何も行われませんでした
why-no-downtime = どの時点でも稼働中のインスタンスがあります
why-no-below-demand = どの時点でも処理能力が需要を満たしています
why-no-lowest-capacity = 処理能力がフリート全体の能力を下回ることはありません
why-no-mixed-versions = どの時点でもトラフィックを受けるのは一方のバージョンだけです
why-no-failed = 失敗するリクエストはありません
why-no-exposed = 新バージョンは完全に展開されるまでリクエストを受けません
why-no-extra = フリートの台数を超えて起動されるインスタンスはありません
why-no-notice = 検知された異常はありません
why-no-rollback = ロールバックは行われません
why-no-state-left = 残っている作業はありません
