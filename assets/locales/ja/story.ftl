# 文の途中にそのまま置ける形で書く。

story-old-version = 旧バージョン
story-new-version = 新バージョン

## フェーズ：名前、.short はリボンとログの短い名前、.inside は文中の名前

story-whole-fleet = 全インスタンス一斉
    .short = 全台一斉
    .inside = 全インスタンスの一斉更新
story-window = インプレース
    .short = 順次更新
    .inside = インプレース更新
story-batch = バッチ{ $number }/{ $of }
    .short = バッチ{ $number }
    .inside = バッチ{ $number }
    .back = ロールバックのバッチ{ $number }
story-additional-batch = 追加バッチ
    .short = 追加バッチ
    .inside = 追加バッチ
story-return-to-size = 元の台数へ戻す
    .short = 台数を戻す
    .inside = 元の台数へ戻す処理
story-first-instance = 最初の新インスタンス
    .short = 最初の1台
    .inside = 最初の新インスタンス
story-rest-of-set = 新しい一式の残り
    .short = 一式の残り
    .inside = 新しい一式の残り
story-new-set = 新しい一式
    .short = 新しい一式
    .inside = 新しい一式
story-traffic = { $version }へ{ $share }
    .short = { $share }
    .inside = ステップ「{ $version }へ{ $share }」
story-bake = 全トラフィックが新環境へ
    .short = ベイク
    .inside = ベイク時間
story-old-set-ends = 全トラフィックが{ $version }へ
    .short = 旧分の終了
    .inside = 旧インスタンスの終了
story-rolling-update = ローリング更新
    .short = ローリング更新
    .inside = ローリング更新
story-refresh = { $to }台までリフレッシュ
    .short = { $to }台まで
    .inside = { $to }台までのリフレッシュ
story-checkpoint = { $at }台でのチェックポイント
    .short = チェックポイント{ $at }
    .inside = { $at }台でのチェックポイント
story-watch = すべて完了し監視中
    .short = 監視
    .inside = 完了後の監視
story-stopped = 停止
    .short = 停止
    .inside = 停止
story-person = 人が対応するまで
    .short = 人の対応待ち
    .inside = 人の対応待ち
story-go-back = ロールバック
    .short = ロールバック
    .inside = ロールバック
story-written = ステップ{ $number }/{ $of }
    .short = ステップ{ $number }
    .inside = ステップ{ $number }/{ $of }
story-redeploying = 旧バージョンの再デプロイ：{ $phase }

## インスタンス

story-instances = { $n }台
story-about = 約{ $instances }
story-all-instances = 全台
story-no-instance = なし
story-from-to = { $first }〜{ $last }
story-list = { $before }、{ $next }
story-list-end = { $before }、{ $last }

## 測るもの

story-error-rate = エラー率
story-new-version-error-rate = 新バージョンのエラー率
story-capacity = 処理能力
story-above = { $threshold }を超過
story-not-above = { $threshold }以下
story-below = { $threshold }を下回る
story-not-below = { $threshold }以上
story-measured = { $metric }{ $value }（{ $beside }）

## ログ

story-launching = { $who }：起動開始
story-draining = { $who }：ドレイン開始
story-interrupted = { $who }：処理を中断
story-installing = { $who }：インストール開始
story-installing-old = { $who }：旧版をインストール
story-starting = { $who }：アプリ開始
story-checking = { $who }：ヘルスチェック開始
story-in-service = { $who }：稼働開始
story-all-back = 全トラフィックを旧バージョンへ戻す
story-shifted = 新バージョンへ{ $share }
story-clients-go-back = クライアントが{ $time }で戻る
story-clients-follow = クライアントが{ $time }で移行
story-waiting-for = { $time }待機
story-adopted = 新インスタンスがグループへ合流
story-terminating = { $who }：終了前のドレイン開始
story-gone = { $who }：終了
story-killed = { $who }：強制終了
story-died = { $who }：故障
story-crashed = { $who }：クラッシュ
story-taken-out = ロードバランサーが{ $who }を切り離し
story-recovering = { $who }：復旧開始
story-not-healthy-within = { $who }：{ $time }以内に正常にならず
story-not-healthy = { $who }：時間内に正常にならず
story-replacing = { $who }：チェック不合格で置き換え
story-no-quota = クォータ{ $quota }台：{ $refused }台の起動を拒否
story-turned-bad = 新バージョンが{ $share }失敗し始める
story-turned-good = 新バージョンの失敗がなくなる
story-demand = これ以降の需要は{ $rate }
story-no-request = 判断材料のリクエストなし
story-check-failed = チェック不合格（{ $bad }/{ $failures }）：{ $measured }
story-check-passed = チェック合格：{ $measured }
story-waiting-for-approval = 人の承認待ち
story-approved = 承認
story-marked = 進捗なしと記録
story-person-redeploys = { $time }後に人が再デプロイ
story-goes-back = ロールバック開始：旧版は稼働中
story-redeploys = 旧バージョンの再デプロイ開始
story-goes-on = そのまま続行
story-succeeded = デプロイ成功
story-rolled-back = ロールバック完了
story-left = そのままの状態で終了

## 失敗した理由

story-failed-no-room = 何もデプロイされていません：{ $healthy }台中{ $minimum }台を正常に保つ必要があり、1台も作業できません。最小数を下げれば進められます。
story-failed-no-move = 進行不能：{ $desired }台のうち最低{ $minimum }台の稼働が必要で、最大{ $maximum }台までのため、停止も起動も不可
story-failed-not-healthy = { $failed }台が時間内に正常にならず失敗
story-failed-some-not-healthy = { $of }台中{ $failed }台が時間内に正常にならず失敗
story-failed-minimum = 正常{ $healthy }台、最小{ $minimum }台、残り{ $pending }台の時点で停止
story-failed-none-succeeded = 成功したインスタンスがなく失敗
story-failed-alarm = { $metric }が{ $time }にわたり{ $value }（{ $beside }）：アラーム発報
story-failed-check = { $metric }が{ $value }（{ $beside }）：チェック不合格
story-failed-no-request = 判断材料のリクエストなし：チェック不合格
story-failed-circuit-breaker = { $failed }件が失敗、しきい値は{ $threshold }件：サーキットブレーカー作動
story-failed-retried = { $time }にわたり置き換えても正常にならず断念
story-failed-no-progress = { $time }にわたり進捗なし
story-failed-quota = クォータ{ $quota }台：{ $refused }台分の空きが時間内に得られず失敗
story-failed-aborted = 人の操作により中止
story-failed-stuck = 進行不能：待っている条件が満たされる見込みなし
story-failed-never-ends = { $failed }台が続けて失敗し、いつまでも終わらないためシミュレーションを停止
story-failed-too-many-events = イベントが多すぎるためシミュレーションを停止

## 今していること：フェーズと作業
## $lasting は残り（.for-another、.until）、$then はその時（.in-time、.at-time）

story-time =
    .for-another = あと{ $time }
    .until = { $time }まで
    .in-time = { $time }後
    .at-time = { $time }
story-now = { $phase }：{ $activity }
story-now-traffic = トラフィックの{ $share }が{ $version }へ（{ $lasting }）
story-now-bake = { $phase }（旧環境の保持は{ $lasting }）
story-now-watch = { $phase }（{ $lasting }）
story-now-waiting = { $phase }：待機中（{ $lasting }）
story-now-person = { $then }に人が旧バージョンを再デプロイ
story-now-approval = { $phase }：人の承認待ち
story-now-measuring = { $metric }を測定中（{ $lasting }）
story-now-following = クライアントが移行中（最後のクライアントは{ $then }）
story-now-no-quota = クォータ{ $quota }台のため起動する空きなし
story-now-settling = 稼働中、次へ進む前に安定を確認
story-now-draining = { $who }をドレイン中
story-now-launching = { $who }を起動中
story-now-installing = { $who }に{ $version }をインストール中
story-now-starting = { $who }で{ $version }のアプリを開始中
story-now-checking = { $who }のヘルスチェック中
story-now-terminating = { $who }を終了前のドレイン中
story-now-dead = { $who }が応答なし
story-now-failed = { $who }が失敗

story-done = 完了：全インスタンスが新バージョンで稼働中
story-done-partly = 完了：{ $desired }台中{ $new }台が新バージョンで稼働中
story-back = ロールバック完了：全インスタンスが旧バージョンで稼働中
story-back-partly = ロールバック完了：{ $desired }台中{ $old }台が旧バージョンで稼働中
story-failed = 失敗し、そのままの状態で終了
story-failed-because = 失敗し、そのままの状態で終了。{ $reason }

## その下の数字

story-figures = { $in_service }{ $failed ->
    [0] { "" }
   *[other] 、{ $failed }台が失敗
}{ $dead ->
    [0] { "" }
   *[other] 、{ $dead }台が応答なし
}、{ $served }
    .downtime = ダウンタイム：稼働中のインスタンスなし{ $failed ->
    [0] { "" }
   *[other] 、{ $failed }台が失敗
}{ $dead ->
    [0] { "" }
   *[other] 、{ $dead }台が応答なし
}、毎秒{ $lost }件のリクエストが失敗
story-serving = { $desired }台中{ $in_service }台が稼働中
    .more = 必要な{ $desired }台に対し{ $in_service }台が稼働中
story-served = 毎秒{ $demand }件のリクエストのうち{ $served }件を処理{ $refused ->
    [0] { "" }
   *[other] 、{ $refused }件を拒否
}{ $lost ->
    [0] { "" }
   *[other] 、{ $lost }件が失敗
}

## 図を言葉で：していること、インスタンス、リクエスト

story-in-words = { $headline }。{ $instances }。{ $requests }
    .besides = { $text }。{ $more }
story-at = { $time }の時点で{ $served }
story-count-about = 約{ $n }
story-count-old = 旧{ $n }台が稼働中
story-count-new = 新{ $n }台が稼働中
story-count-both = 新{ $new }台と旧{ $old }台が稼働中
story-count-nothing = ダウンタイム：稼働中のインスタンスなし
story-count-draining = { $n }台がドレイン中
story-count-launching = { $n }台が起動中
story-count-installing = { $n }台がインストール中
story-count-starting = { $n }台がアプリ開始中
story-count-checking = { $n }台がヘルスチェック中
story-count-terminating = { $n }台が終了前のドレイン中
story-count-failed = { $n }台が失敗
story-count-dead = { $n }台が応答なし
